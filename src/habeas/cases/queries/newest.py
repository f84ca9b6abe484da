"""The newest published of what may be very many, found without going through all of it; and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from habeas.sources.models import DocumentQuerySet

MOST_COUNTED = 1_000  # things; further nobody counts, and pages of a list go no further
MOST_SORTED = 5_000  # things that an index finds at once: more are found sooner by going through documents
FIRST_STEP, MOST_WALKED = 250, 30_000  # documents looked through at first, and in all
FIRST_KEYS = 1_000  # things looked through at first by their keys


class Counted(NamedTuple):
    """How many there are; at least so many where `is_more`: nobody counts further."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_more else str(self.number)


def newest(
    found: QuerySet[Any], document: str, visible: DocumentQuerySet, most: int, *, few: int | None = None
) -> tuple[list[int], Counted]:
    """The keys of the newest published of these things, so many, and how many there are.

    `document` is how a thing leads to its document, one of `visible`; of one document the last read comes first. Few
    are sorted: up to `few` (None: MOST_COUNTED; 0 where they are known to be many). Of more, the documents
    are gone through from the newest until there are enough.
    """
    few = MOST_COUNTED if few is None else few
    if few:
        some = list(found.order_by().values_list(f"{document}__published_on", document, "pk")[: few + 1])
        if len(some) <= few:
            return [key for _day, _document, key in sorted(some, reverse=True)[:most]], _up_to_most(len(some))
    walked = list[int]()
    for documents in _by_day(visible):
        walked += _within(found, document, documents)
        if len(walked) > most:
            return walked[:most], Counted(MOST_COUNTED if few else most, is_more=True)
    in_order = found.order_by(f"-{document}__published_on", f"-{document}_id", "-pk")
    keys = list(in_order.values_list("pk", flat=True)[: most + 1])
    return keys[:most], Counted(min(most, len(keys)), is_more=len(keys) > most)


def latest(found: QuerySet[Any], most: int) -> list[int]:
    """The highest keys of these things, so many, the highest first.

    They are looked for among the newest that anybody has, more at a time as it goes on, up to MOST_WALKED: left to
    itself a database may gather all that a team has first, and sort it.
    """
    keys, rest, left = list[int](), found.model._base_manager.order_by("-pk"), MOST_WALKED
    for step in count():
        some = list(rest.values_list("pk", flat=True)[: min(left, FIRST_KEYS << step)])
        if not some:
            break
        keys += found.filter(pk__among=some).order_by("-pk").values_list("pk", flat=True)
        rest, found, left = rest.filter(pk__lt=some[-1]), found.filter(pk__lt=some[-1]), left - len(some)
        if len(keys) >= most or not left:
            break
    more = [] if left or len(keys) >= most else found.order_by("-pk").values_list("pk", flat=True)[: most - len(keys)]
    return [*keys, *more][:most]


def counted(found: QuerySet[Any]) -> Counted:
    """How many there are, counted to MOST_COUNTED."""
    return _up_to_most(found.order_by()[: MOST_COUNTED + 1].count())


def _up_to_most(number: int) -> Counted:
    return Counted(min(number, MOST_COUNTED), is_more=number > MOST_COUNTED)


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
    there = found.order_by().filter(**{f"{document}__among": documents}).values_list(document, "pk")
    return [key for _place, _key, key in sorted((place[at], -key, key) for at, key in there)]
