"""The room as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """`habeas.accounts`."""

    name = "habeas.accounts"

    def ready(self) -> None:
        """Sessions are timed from when somebody signs in."""
        from habeas.accounts import idle  # noqa: F401, PLC0415 - connects what it has to say
