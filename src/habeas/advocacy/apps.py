"""The plan as Django knows it."""

from django.apps import AppConfig

from habeas.core import append_only

ADDED_ONLY = (
    "Coalition", "Partner", "Note", "Version", "PlanLine", "Adoption", "PledgeStep", "CommunicationCase",
    "Answer", "Sorting", "Contingency", "Firing", "NameList",
)  # fmt: skip


class AdvocacyConfig(AppConfig):
    """One plan that many organisations hold."""

    name = "habeas.advocacy"

    def ready(self) -> None:
        """Has the database refuse to change or remove what is only ever added, and the watch count awaited answers."""
        from habeas.advocacy import awaited  # noqa: PLC0415 - models are there once all apps are
        from habeas.watch import hooks  # noqa: PLC0415

        append_only.guard(self, *ADDED_ONLY)
        hooks.register(awaited)
