"""The documents and cases on which plans rest, and which are therefore kept."""

from __future__ import annotations

from habeas.advocacy.models import Communication, Meeting, NameList, PlanCase, PlanLine, Pledge, PledgeStep
from habeas.cases.models import Statement


def documents() -> set[int]:
    """The keys of the documents that show a pledge kept, hold a list, or whose words a plan took up."""
    found: set[int | None] = set(NameList.objects.values_list("document", flat=True))
    found |= set(PledgeStep.objects.values_list("document", flat=True))
    said: set[int | None] = set(PledgeStep.objects.values_list("statement", flat=True))
    for model in (Communication, Meeting, PlanLine, Pledge):
        said |= set(model._default_manager.exclude(statement=None).values_list("statement", flat=True))
    found |= set(Statement.objects.filter(pk__in=said - {None}).values_list("reading__document", flat=True))
    return {key for key in found if key is not None}


def cases() -> set[int]:
    """The keys of the cases that are in a plan."""
    return set(PlanCase.objects.filter(until=None).values_list("case", flat=True))
