"""What people say of claims, statements and links: yes, no, unsure, or put right, each a row with its way back.

A judgement is added and never changed; the newest that stands counts. Where a rule asks for two people, it counts once
two of them have said the same. Every call leaves one line in the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import Team
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import access, corrections, judging_links, kept
from habeas.cases.corrections import CannotJudge
from habeas.cases.models import A_WORD, Claim, Judgement, JudgingRule, Link, Sighting, Statement
from habeas.cases.passages import words_of
from habeas.core.actor import Actor

__all__ = ["VERDICTS", "CannotJudge", "Judged", "judge", "mend", "needed", "set_rule", "standing", "undo"]

Judged = Claim | Statement | Link
VERDICTS = ("accept", "reject", "unsure")
MOST_PEOPLE = 2
HEALTH = frozenset({"health", "hospitalisation", "hunger_strike", "death"})  # kinds that a physician may judge
_MOST_REASON = 5000


@transaction.atomic
def judge(thing: Judged, verdict: str, *, actor: Actor, reason: str = "") -> Judgement:
    """The judgement added: `verdict` is accept, reject or unsure. The same said again by the same person adds nothing.

    A link that is accepted makes the name that person's, and nobody else's; one that is rejected makes it not theirs.
    Raises CannotJudge for any other verdict.
    """
    if verdict not in VERDICTS:
        raise CannotJudge(f"{verdict!r} is no judgement; say {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}.")
    _must(thing, actor)
    return _add(thing, verdict, None, None, actor, reason)


@transaction.atomic
def mend(thing: Claim | Statement, changes: Mapping[str, Any], *, actor: Actor, reason: str = "") -> Judgement:
    """The judgement by which the claim or statement is read with `changes`; what was read stays beside it, untouched.

    Of a claim: kind, phase, modality, date (EDTF), value, place, actor, subject (a sighting's key), evidence (spans).
    Of a statement: speaker, target (a sighting's key or None), about (keys), speaker_spans, cue_spans, content_spans,
    condition (a span or None), role, organisation, outlet, manner, acts. Raises CannotJudge where a value cannot be.
    """
    _must(thing, actor)
    text = thing.reading.document.text
    if isinstance(thing, Claim):
        kept = corrections.claim(changes, text, thing.kind, thing.phase)
        if "evidence" in kept:
            kept["words"] = words_of(text, kept["evidence"])
    else:
        kept = corrections.statement(changes, text)
    people = {key: kept[key] for key in ("subject", "speaker", "target") if kept.get(key) is not None}
    seen = _sightings(thing, [*people.values(), *kept.get("about", ())], actor)
    return _add(thing, "mend", kept, seen.get(people.get("subject", 0)), actor, reason)


@transaction.atomic
def undo(thing: Judged, *, actor: Actor) -> Judgement:
    """The row that takes back the newest judgement that stands; the one before it counts again, exactly.

    Raises CannotJudge where there is none to take back, or where people were merged or split since by its link.
    """
    _must(thing, actor)
    audit.one_writer_at_a_time()
    newest = standing(thing).last()
    if newest is None:
        raise CannotJudge(f"Nobody has judged this {_name(thing)}, so there is nothing to undo.")
    made = Judgement.objects.create(
        **_on(newest.link or thing),
        verdict="undo",
        undoes=newest,
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    links = judging_links.take_back(newest) if isinstance(thing, Link) else []
    action, detail = f"cases.{_name(thing)}.judgement_undone", {"judgement": newest.pk}
    audit.record(action, thing, actor=actor, detail=detail, wrote=[made, *links])
    kept.catch_up(kept.A_FEW)
    return made


@transaction.atomic
def set_rule(team: Team, on: str, people: int, *, actor: Actor, kind: str = "") -> JudgingRule:
    """The rule added: from now on `people` (1 or 2) must say the same on a `claim`, `statement` or `link` of the team.

    `kind` is a kind of claim; without it the rule holds for every kind that has none of its own. What was judged
    before stays as it is. Raises CannotJudge for what cannot be.
    """
    roles.must(actor, Right.GOVERN, team)
    if on not in _NAMES.values() or people not in range(1, MOST_PEOPLE + 1) or (kind and on != "claim"):
        raise CannotJudge("A rule asks for 1 or 2 people on a claim, a statement or a link; only claims have kinds.")
    if kind:
        corrections.phases_of(kind)
    rule = JudgingRule.objects.create(
        team=team, on=on, kind=kind, people=people, made_at=timezone.now(), made_by_id=actor.user_id
    )
    detail = {"on": on, "kind": kind, "people": people}
    audit.record("cases.rule.set", rule, actor=actor, detail=detail, wrote=[rule])
    return rule


def needed(thing: Judged) -> int:
    """How many people must say the same for it to count, by the team's newest rule; 1 where there is none."""
    reading = thing.sighting.reading if isinstance(thing, Link) else thing.reading
    kinds = [thing.kind, ""] if isinstance(thing, Claim) else [""]
    rules = JudgingRule.objects.filter(team=reading.document.team_id, on=_name(thing), kind__in=kinds).order_by("pk")
    by_kind = {rule.kind: rule.people for rule in rules}
    return next((by_kind[kind] for kind in kinds if kind in by_kind), 1)


def standing(thing: Judged) -> QuerySet[Judgement, Judgement]:
    """The judgements on it that were not taken back, oldest first; a link's are those on the same name and person."""
    if isinstance(thing, Link):
        same = Judgement.objects.filter(link__sighting=thing.sighting_id, link__person=thing.person_id)
    else:
        same = Judgement.objects.filter(**_on(thing))
    return same.filter(A_WORD, undone_by=None).order_by("pk")


def _must(thing: Judged, actor: Actor) -> None:
    """Raises NotThere where the actor does not see this, NotAllowed where they may not judge it."""
    is_health = isinstance(thing, Claim) and thing.kind in HEALTH
    right = Right.JUDGE_HEALTH if is_health else Right.JUDGE
    access.must(actor, Right.MATCH if isinstance(thing, Link) else right, thing)


def _add(
    thing: Judged, verdict: str, mended: dict[str, Any] | None, subject: Sighting | None, actor: Actor, reason: str
) -> Judgement:
    if len(reason) > _MOST_REASON:
        raise CannotJudge(f"The reason is {len(reason)} characters long; {_MOST_REASON} is the most.")
    audit.one_writer_at_a_time()
    before = list(standing(thing))
    newest = before[-1] if before else None
    mine = newest is not None and newest.made_by_id == actor.user_id and newest.reason == reason.strip()
    if newest and mine and not newest.recheck and _content(newest) == (verdict, mended):
        return newest
    settles = _voices(before, verdict, mended, actor.user_id) >= needed(thing)
    made = Judgement.objects.create(
        **_on(thing),
        verdict=verdict,
        mended=judging_links.effect(thing, verdict) if isinstance(thing, Link) and settles else mended,
        subject=subject,
        settles=settles,
        reason=reason.strip(),
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    links = judging_links.carry_out(thing, made) if isinstance(thing, Link) and made.settles else []
    detail = {"judgement": made.pk, "verdict": verdict, "settles": made.settles}
    audit.record(f"cases.{_name(thing)}.judged", thing, actor=actor, detail=detail, wrote=[made, *links])
    kept.catch_up(kept.A_FEW)
    return made


def _content(judgement: Judgement) -> tuple[str, Any]:
    """What two judgements must share to say the same; what `mended` keeps of a link is only for going back."""
    return judgement.verdict, None if judgement.link_id else judgement.mended


def _voices(before: list[Judgement], verdict: str, mended: Any, user: int) -> int:
    """How many people say this by their newest judgement, the one who says it now included."""
    said = {judgement.made_by_id: _content(judgement) for judgement in before}
    said[user] = (verdict, mended)
    return sum(content == (verdict, mended) for content in said.values())


def _sightings(thing: Claim | Statement, keys: list[int], actor: Actor) -> dict[int, Sighting]:
    found = Sighting.objects.filter(reading=thing.reading_id).in_bulk(keys)
    access.must_see(actor, *found.values())
    if missing := sorted(set(keys) - found.keys()):
        raise CannotJudge(f"The document's reading names nobody with the key {missing[0]}.")
    return found


_NAMES: dict[type[Judged], str] = {Claim: "claim", Statement: "statement", Link: "link"}


def _name(thing: Judged) -> str:
    return _NAMES[type(thing)]


def _on(thing: Judged) -> dict[str, Any]:
    return {_name(thing): thing}
