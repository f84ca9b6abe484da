"""Versions of the plan, and what partners say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Adoption, Coalition, Partner, PlanCase, PlanLine, Version
from habeas.advocacy.services import rights
from habeas.advocacy.terms import must_be
from habeas.audit import services as audit
from habeas.core.actor import Actor

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a version to be: `kind` goal or priority; a priority is a case of the plan or a group by name."""

    kind: str
    words: str = ""
    case: PlanCase | None = None
    addressees: str = ""
    said: str = ""
    statement: int | None = None


@transaction.atomic
def new_version(coalition: Coalition, wanted: Sequence[Wanted], *, actor: Actor) -> Version:
    """The next version, with these lines in this order. Every partner has yet to adopt it. Raises PlanError."""
    rights.must_coordinate(coalition, actor)
    audit.one_writer_at_a_time()
    _check(wanted, coalition, actor)
    newest = coalition.versions.order_by("-number").values_list("number", flat=True).first() or 0
    made = Version.objects.create(
        coalition=coalition, number=newest + 1, made_at=timezone.now(), made_by_id=actor.user_id
    )
    lines = [PlanLine.objects.create(version=made, rank=rank, **_row(one)) for rank, one in enumerate(wanted, start=1)]
    audit.record("advocacy.version.made", made, actor=actor, detail={"number": made.number}, wrote=[made, *lines])
    return made


@transaction.atomic
def adopt(version: Version, partner: Partner, *, actor: Actor, stance: str = "adopted", words: str = "") -> Adoption:
    """The partner's word on the newest version. A reservation needs its words. Raises PlanError."""
    rights.must_act_for(partner, actor)
    must_be("stances", stance, "What the partner says")
    if partner.coalition_id != version.coalition_id or _newest(version.coalition) != version:
        raise PlanError("Only the newest version of the partner's own plan can be adopted; open the plan again.")
    if stance == "reserved":
        words = rights.words(words, "The reservation", 2000)
    made = Adoption.objects.create(
        version=version, partner=partner, stance=stance, words=words, made_at=timezone.now(), made_by_id=actor.user_id
    )
    detail = {"version": version.number, "stance": stance}
    audit.record("advocacy.version.adopted", partner, actor=actor, detail=detail, wrote=[made])
    return made


def wanted_of(version: Version | None) -> list[Wanted]:
    """The lines of a version, as a next one would be asked for; none where there is no version."""
    lines: Iterable[PlanLine] = version.lines.select_related("case").order_by("rank") if version else ()
    return [Wanted(one.kind, one.words, one.case, one.addressees, one.said, one.statement) for one in lines]


def _newest(coalition: Coalition) -> Version | None:
    return coalition.versions.order_by("-number").first()


def _check(wanted: Sequence[Wanted], coalition: Coalition, actor: Actor) -> None:
    if not wanted or len(wanted) > MOST_LINES:
        raise PlanError(f"A version has at least one goal or priority, and at most {MOST_LINES}.")
    named = [one.case.pk if one.case else one.words.casefold() for one in wanted]
    if len(set(named)) < len(named):
        raise PlanError("A goal, case or group stands twice in this version; take one out.")
    known = set(PlanCase.objects.filter(coalition=coalition, until=None).values_list("pk", flat=True))
    for one in wanted:
        if one.kind not in {"goal", "priority"} or (one.kind == "goal" and one.case):
            raise PlanError("A line of the plan is a goal in words, or a priority: a case of the plan or a group.")
        if one.case is None:
            rights.words(one.words, "The goal or group", 500)
        elif one.case.pk not in known:
            raise PlanError("That case is not in this plan; add it to the plan first.")


def _row(one: Wanted) -> dict[str, object]:
    return {
        "kind": one.kind,
        "words": " ".join(one.words.split()),
        "case": one.case,
        "addressees": one.addressees[:500],
        "said": one.said,
        "statement": one.statement,
    }
