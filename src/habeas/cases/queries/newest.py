"""The newest published of what may be very many, found without going through all of it; and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db.models import Q, QuerySet

from habeas.sources.models import DocumentQuerySet

MOST_COUNTED = 1_000  # things; further nobody counts, and pages of a list go no further
FIRST_STEP, MOST_WALKED = 250, 30_000  # documents looked through at first, and in all


def newest(found: QuerySet[Any], document: str, visible: DocumentQuerySet, most: int) -> list[int]:
    """The keys of the newest published of these things, so many; of one document the last read first.

    `document` is how a thing leads to its document, one of `visible`. Few are sorted. Where there are more than
    MOST_COUNTED, the documents are gone through from the newest until there are enough.
    """
    some = list(found.order_by().values_list(f"{document}__published_on", document, "pk")[: MOST_COUNTED + 1])
    if len(some) <= MOST_COUNTED:
        return [key for _day, _document, key in sorted(some, reverse=True)[:most]]
    walked = list[int]()
    for documents in _by_day(visible):
        walked += _within(found, document, documents)
        if len(walked) >= most:
            return walked[:most]
    return list(
        found.order_by(f"-{document}__published_on", f"-{document}_id", "-pk").values_list("pk", flat=True)[:most]
    )


def counted(found: QuerySet[Any]) -> int:
    """How many there are; no further counted than to MOST_COUNTED and one."""
    return found.order_by()[: MOST_COUNTED + 1].count()


def _by_day(visible: DocumentQuerySet) -> Iterator[list[int]]:
    """The keys of the documents, the newest published first, more at a time as it goes on; of MOST_WALKED."""
    beyond, left = Q(), MOST_WALKED
    for step in count():
        some = list(
            visible.filter(beyond)
            .order_by("-published_on", "-pk")
            .values_list("published_on", "pk")[: min(left, FIRST_STEP << step)]
        )
        if not some:
            return
        yield [key for _day, key in some]
        left -= len(some)
        day, key = some[-1]
        beyond = Q(published_on__lte=day) & (Q(published_on__lt=day) | Q(pk__lt=key))
        if not left:
            return


def _within(found: QuerySet[Any], document: str, documents: list[int]) -> list[int]:
    """The keys of those that stand in these documents, in the order of the documents."""
    place = {key: at for at, key in enumerate(documents)}
    there = found.order_by().filter(**{f"{document}__in": documents}).values_list(document, "pk")
    return [key for _place, _key, key in sorted((place[at], -key, key) for at, key in there)]
