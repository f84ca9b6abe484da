"""The room as Django knows it."""

from django.apps import AppConfig

from habeas.core import append_only

ADDED_ONLY = (
    "Reading", "Sighting", "Statement", "Statement.about", "Claim", "Link", "Judgement", "JudgingRule", "Erasure",
    "RetentionRule",
)  # fmt: skip


class CasesConfig(AppConfig):
    """`habeas.cases`."""

    name = "habeas.cases"

    def ready(self) -> None:
        """Has the database refuse to change or remove what is only ever added; says which documents go with cases."""
        append_only.guard(self, *ADDED_ONLY)
        from habeas.cases import news  # noqa: PLC0415 - needs the models, which are there only now

        news.keep(self)
        from habeas.cases import marks  # noqa: PLC0415

        marks.keep(self)
        from habeas.cases import access, returning  # noqa: PLC0415 - models are loaded after apps
        from habeas.sources import services, visibility  # noqa: PLC0415

        visibility.add_rule(access.documents)
        services.ask_before_again(returning.let_back)
