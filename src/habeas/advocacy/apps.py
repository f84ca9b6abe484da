"""The plan as Django knows it."""

from django.apps import AppConfig

from habeas.core import append_only

ADDED_ONLY = (
    "Coalition", "Partner", "Leaving", "Note", "Version", "PlanLine", "Adoption", "PledgeStep", "CommunicationCase",
    "Answer", "Sorting", "Contingency", "Firing", "NameList",
)  # fmt: skip


class AdvocacyConfig(AppConfig):
    """One plan that many organisations hold."""

    name = "habeas.advocacy"

    def ready(self) -> None:
        """Has the database refuse to change what is only ever added, the watch count answers, erasing reach plans."""
        from habeas.advocacy import awaited, erasing, evidence  # noqa: PLC0415 - models are there once all apps are
        from habeas.cases import closed  # noqa: PLC0415
        from habeas.cases.erasing import clean_too  # noqa: PLC0415
        from habeas.cases.retaining import keep_too  # noqa: PLC0415
        from habeas.watch import hooks  # noqa: PLC0415

        append_only.guard(self, *ADDED_ONLY)
        hooks.register(awaited)
        clean_too(erasing.clean)
        keep_too(evidence.documents)
        closed.keep_too(evidence.cases)
