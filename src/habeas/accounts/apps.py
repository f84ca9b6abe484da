"""The room as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """`habeas.accounts`."""

    name = "habeas.accounts"

    def ready(self) -> None:
        """Sessions are timed from when somebody signs in; members from before there were roles are given one."""
        from habeas.accounts import idle  # noqa: F401, PLC0415 - connects what it has to say

        post_migrate.connect(_settle_roles, sender=self, dispatch_uid="accounts: roles")


def _settle_roles(apps: Any = None, **_told: object) -> None:
    """Only once the tables know roles; `apps` are the tables as `migrate` left them, None where it went all the way."""
    from habeas.accounts.services import settle_roles  # noqa: PLC0415 - models are loaded after apps

    members = apps.all_models["accounts"].get("membership") if apps else None
    if apps is None or (members and any(field.name == "roles" for field in members._meta.fields)):
        settle_roles()
