"""The room as Django knows it."""

from django.apps import AppConfig

from habeas.core import append_only


class AuditConfig(AppConfig):
    """`habeas.audit`."""

    name = "habeas.audit"

    def ready(self) -> None:
        """Has the database refuse to change or remove what is only ever added."""
        append_only.guard(self, "AuditLine")
