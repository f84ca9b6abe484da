"""What people see of sources. Every read starts from the documents that are visible to the user."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from habeas.accounts.models import User
from habeas.sources.models import Capture, Document


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as one desk knows it: how many documents it has, and the first and last day of publication (ISO)."""

    source: int
    name: str
    documents: int
    first: str
    last: str


def source_rows(user: User) -> list[SourceRow]:
    """The sources of the documents that the user may see, those with the most documents first."""
    captures = Capture.objects.filter(document__in=Document.objects.visible_to(user))
    told = (
        captures.exclude(document__published_on="")
        .values("source")
        .annotate(first=Min("document__published_on"), last=Max("document__published_on"))
    )
    days = {row["source"]: (row["first"], row["last"]) for row in told}
    counted = captures.values("source", "source__name").annotate(n=Count("document", distinct=True))
    return [
        SourceRow(row["source"], row["source__name"], row["n"], *days.get(row["source"], ("", "")))
        for row in counted.order_by("-n", "source__name")
    ]
