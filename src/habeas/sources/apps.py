"""The room as Django knows it."""

from django.apps import AppConfig

from habeas.core import append_only


class SourcesConfig(AppConfig):
    """`habeas.sources`."""

    name = "habeas.sources"

    def ready(self) -> None:
        """Has the database refuse to change or remove what is only ever added."""
        append_only.guard(self, "Document", "Capture", "Translation")
