"""Two people who turn out to be one, one who turns out to be two, names given by hand; each with a reason, each undone.

Nothing that was read is touched: sightings change hands by links that are added, and going back adds links again.
Two files of different teams become one for whoever is of both, and each team keeps its own (`Person.one_with`): what is
seen of the one is from then on linked to the other as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import access, known, pairing, sharing
from habeas.cases import kept as states
from habeas.cases.models import Case, Link, Name, PeopleChange, Person, PersonName, Sighting
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.core.folding import fold

Move = tuple[int, int, int]  # sighting, from person, to person


class CannotChangePeople(HabeasError):
    """These people cannot be merged, split or renamed like that."""


@transaction.atomic
def merge(kept: Person, merged: Person, *, reason: str, user: User, actor: Actor) -> PeopleChange:
    """The change by which everything seen of `merged` is `kept`'s from now on. Raises CannotChangePeople.

    A `merged` of another team keeps a file there as well; who is of both teams sees that of `kept` alone.
    """
    for person in (kept, merged):
        _must(person, actor)
    if kept == merged:
        raise CannotChangePeople("This is one person already; choose another one to merge with.")
    if kept.merged_into_id or merged.merged_into_id:
        raise CannotChangePeople("One of the two was merged with somebody already; undo that first.")
    is_apart = kept.case.team_id != merged.case.team_id
    if merged.one_with_id or (is_apart and kept.one_with_id) or Person.objects.filter(one_with=merged).exists():
        raise CannotChangePeople("One of the two is one person with another team's file already; undo that first.")
    _must_have(reason)
    if Case.objects.filter(person__in=(kept, merged), limited_at__isnull=False).exists():
        raise CannotChangePeople("One of the two files is limited to some people; open it to its team first.")
    moves = [(sighting, merged.pk, kept.pk) for sighting in _linked(merged)]
    names = _give_names(kept, merged.names.values_list("name_id", flat=True))
    change, links = _change("merge", kept, merged, moves, names, reason, user)
    if is_apart:
        merged.one_with, merged.told_by = kept, kept.case.team
    else:
        merged.merged_into = kept
    merged.save(update_fields=["merged_into", "one_with", "told_by"])
    detail = {"other": merged.pk, "change": change.pk}
    audit.record("cases.people.merged", kept, actor=actor, detail=detail, wrote=[change, merged, *links])
    states.catch_up(states.A_FEW)
    return change


@transaction.atomic
def split(
    person: Person, sightings: Sequence[Sighting], name: str, *, reason: str, user: User, actor: Actor
) -> PeopleChange:
    """The change by which these sightings are a person of their own, called `name`, with a case of their own.

    Raises CannotChangePeople where a sighting is not this person's, or none would be left with them.
    """
    _must(person, actor)
    access.must_see(actor, *sightings)
    _must_have(reason)
    theirs, leaving = set(_linked(person)), {sighting.pk for sighting in sightings}
    if not leaving or not leaving <= theirs:
        raise CannotChangePeople("Choose sightings that are linked to this person.")
    if leaving == theirs:
        raise CannotChangePeople("At least one sighting must stay; rename the person instead of splitting all away.")
    now = timezone.now()
    other = Person.objects.create(name=name.strip()[:300] or sightings[0].name[:300], created_at=now)
    case = Case.objects.get(person=person)
    opened = Case.objects.create(team=case.team, person=other, opened_at=now, limited_at=case.limited_at)
    shares = sharing.same_as(case, opened)
    names = _give_names(other, [_name(case.team_id, sighting.name).pk for sighting in sightings])
    moves = [(sighting, person.pk, other.pk) for sighting in sorted(leaving)]
    change, links = _change("split", person, other, moves, names, reason, user)
    detail = {"other": other.pk, "change": change.pk}
    audit.record(
        "cases.people.split", person, actor=actor, detail=detail, wrote=[change, other, opened, *shares, *links]
    )
    states.catch_up(states.A_FEW)
    return change


@transaction.atomic
def add_alias(
    person: Person, name: str, *, reason: str, user: User, actor: Actor, is_weak: bool = False
) -> PeopleChange:
    """The change by which the person is known under `name` too. Raises CannotChangePeople for no name or one known.

    A weak alias (a nickname, a surname translated by its meaning) links nobody unless something else agrees too.
    """
    _must(person, actor)
    _must_have(reason)
    if not name.strip():
        raise CannotChangePeople("Write the name that the person is known under.")
    names = _give_names(person, [_name(Case.objects.get(person=person).team_id, name.strip()).pk])
    if not names:
        raise CannotChangePeople(f"{name.strip()} is a name of this person already.")
    change, _links = _change("alias", person, None, [], names, reason, user, is_weak=is_weak)
    audit.record("cases.people.alias_added", person, actor=actor, detail={"change": change.pk}, wrote=[change])
    return change


@transaction.atomic
def undo(change: PeopleChange, *, user: User, actor: Actor) -> None:
    """Puts everything back that the change moved, and what came since because of it (`_came_since`).

    Raises CannotChangePeople where it was undone before.

    And where one of the two files is limited to some people and the other is not, or to others: neither may be seen
    through the other.
    """
    access.must(actor, Right.MATCH, change)
    if change.other and change.other.one_with_id == change.person_id:
        roles.must(actor, Right.MATCH, change.other.case.team_id)
    elif change.other and change.other.merged_into_id is None:
        _must(change.other, actor)
    if change.other and sharing.differ(change.person.case, change.other.case):
        raise CannotChangePeople("The two files are not limited to the same people; open them to their team first.")
    _must_be_last(change)
    now = timezone.now()
    if not PeopleChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=now):
        raise CannotChangePeople("This change was undone already.")
    moves, is_apart = _back(change), change.other is not None and change.other.one_with_id == change.person_id
    change.undone_at = now
    people = []
    if change.other and change.kind != "alias":
        change.other.merged_into = change.person if change.kind == "split" else None
        change.other.one_with = change.other.told_by = None
        change.other.save(update_fields=["merged_into", "one_with", "told_by"])
        people.append(change.other)
    links = _move(moves, f"undone: {change.reason}", user)
    for person, name in change.moved["names"]:
        PersonName.objects.filter(person_id=person, name_id=name).delete()
    if change.other and is_apart:  # what came to the other team's file meanwhile gave its names to this one too
        theirs = PersonName.objects.filter(person=change.person, name__team=change.other.case.team_id)
        theirs.exclude(name__people__person__one_with=change.person).delete()
    if change.other and change.kind == "split":
        _give_names(change.person, change.other.names.values_list("name_id", flat=True))
    detail = {"change": change.pk}
    audit.record("cases.people.undone", change.person, actor=actor, detail=detail, wrote=[change, *people, *links])
    states.catch_up(states.A_FEW)


def _must(person: Person, actor: Actor) -> None:
    """Raises NotThere where the actor does not see the file, NotAllowed where they may not say who is one person."""
    access.must(actor, Right.MATCH, person)


def _must_have(reason: str) -> None:
    if not reason.strip():
        raise CannotChangePeople("Say why; whoever looks at this later needs the reason.")


def _linked(person: Person) -> list[int]:
    """The sightings that are this person by the newest link between the two."""
    newer = Link.objects.filter(sighting=OuterRef("sighting"), person=OuterRef("person"), pk__gt=OuterRef("pk"))
    links = Link.objects.filter(~Exists(newer), person=person, verdict="same")
    return list(links.order_by("sighting").values_list("sighting", flat=True))


def _must_be_last(change: PeopleChange) -> None:
    """Raises CannotChangePeople where what the change moved was moved again since, by one that stands."""
    moved = {sighting for sighting, _from, _to in change.moved["sightings"]}
    people = {change.person_id, change.other_id}
    since = PeopleChange.objects.filter(pk__gt=change.pk, undone_at=None).exclude(kind="alias")
    for later in since.filter(Q(person__in=people) | Q(other__in=people)) if moved else ():
        if moved & {sighting for sighting, _from, _to in later.moved["sightings"]}:
            raise CannotChangePeople("Some of these names were moved again since; undo the later change first.")


def _back(change: PeopleChange) -> list[Move]:
    """What goes back with the change: all that it moved and what came because of it."""
    if change.other and change.other.one_with_id == change.person_id:  # each team's file has its own
        both = set(_linked(change.person)) & set(_linked(change.other))
        return [(sighting, change.person_id, change.other.pk) for sighting in sorted(both)]
    return [(sighting, to, from_) for sighting, from_, to in change.moved["sightings"]] + _came_since(change)


def _came_since(change: PeopleChange) -> list[Move]:
    """What goes back with the change though it did not move it: of a split all that came to who was split off.

    Of a merge what was read again of the reports that it moved, by the name that they have there.
    """
    moved = {sighting for sighting, _from, _to in change.moved["sightings"]}
    if change.other is None or change.kind == "alias":
        return []
    if change.kind == "split":
        return [(key, change.other.pk, change.person_id) for key in _linked(change.other) if key not in moved]
    of_report = Sighting.objects.filter(pk__in=moved).values_list("reading__document", "folded", "reading")
    before = {(document, folded): reading for document, folded, reading in of_report.order_by("reading")}
    theirs = Sighting.objects.filter(
        pk__in=_linked(change.person), reading__document__in={key for key, _name in before}
    )
    return [
        (one.pk, change.person_id, change.other.pk)
        for one in theirs.select_related("reading").order_by("pk")
        if one.reading_id > before.get((one.reading.document_id, one.folded), one.reading_id)
    ]


def _change(
    kind: str,
    person: Person,
    other: Person | None,
    moves: Sequence[Move],
    names: Sequence[tuple[int, int]],
    reason: str,
    user: User,
    is_weak: bool = False,
) -> tuple[PeopleChange, list[Link]]:
    is_apart = kind == "merge" and other is not None and other.case.team_id != person.case.team_id
    links = _move(moves, reason.strip(), user, is_apart=is_apart)
    change = PeopleChange.objects.create(
        kind=kind,
        person=person,
        other=other,
        moved={"sightings": moves, "names": names} | ({"weak": True} if is_weak else {}),
        reason=reason.strip(),
        made_at=timezone.now(),
        made_by=user,
    )
    return change, links


def _move(moves: Sequence[Move], reason: str, user: User, *, is_apart: bool = False) -> list[Link]:
    """The links added; with `is_apart` what moves stays with whom it was seen as too."""
    now, by = timezone.now(), f"user {user.pk}"
    beside = known.beside({person for _sighting, *two in moves for person in two})
    links = [
        Link(sighting_id=sighting, person_id=person, verdict=verdict, score=1.0, reason=reason, made_at=now, made_by=by)
        for sighting, from_, to in moves
        for one, verdict in ((from_, "same" if is_apart else "different"), (to, "same"))
        for person in (one, *beside.get(one, ()))
    ]
    return Link.objects.bulk_create(links)


def _give_names(person: Person, names: Iterable[int]) -> list[tuple[int, int]]:
    """The (person, name) pairs that are new."""
    known = set(person.names.values_list("name_id", flat=True))
    new = [name for name in dict.fromkeys(names) if name not in known]
    PersonName.objects.bulk_create([PersonName(person=person, name_id=name) for name in new])
    return [(person.pk, name) for name in new]


def _name(team: int, name: str) -> Name:
    audit.one_writer_at_a_time()  # of two names that come at the same moment the later one is compared with the other
    folded = fold(name)[:500]
    return Name.objects.get(pk=pairing.keep(team, {folded: name[:500]})[folded].key)
