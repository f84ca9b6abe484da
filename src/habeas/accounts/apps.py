"""The room as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """`habeas.accounts`."""

    name = "habeas.accounts"

    def ready(self) -> None:
        """Sessions are timed; after a `migrate` whoever has no role is given one, and what is in clear is encrypted."""
        from habeas.accounts import idle  # noqa: F401, PLC0415 - connects what it has to say

        post_migrate.connect(_settle_roles, sender=self, dispatch_uid="accounts: roles")
        post_migrate.connect(_encrypt, sender=self, dispatch_uid="accounts: confidential fields")


def _settle_roles(apps: Any = None, **_told: object) -> None:
    """Only once the tables know roles; `apps` are the tables as `migrate` left them, None where it went all the way."""
    from habeas.accounts.services import settle_roles  # noqa: PLC0415 - models are loaded after apps

    members = apps.all_models["accounts"].get("membership") if apps else None
    if apps is None or (members and any(field.name == "roles" for field in members._meta.fields)):
        settle_roles()


def _encrypt(apps: Any = None, **_told: object) -> None:
    """What stands in clear in columns encrypted by now, as after an upgrade; `apps` as `migrate` left the tables."""
    from habeas.core.encrypted import bring_up_to_date  # noqa: PLC0415

    if apps is not None:  # None where tables were emptied
        bring_up_to_date(apps)
