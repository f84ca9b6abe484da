"""Whoever may not see a thing gets nothing done to it by any service, and is told what is told of a thing not there."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.utils import timezone

import habeas
from cast import actor, cast, colleague, document, report
from claims import told
from habeas.accounts.models import User
from habeas.advocacy.drafts import Draft
from habeas.advocacy.models import Coalition, Partner, Pledge
from habeas.advocacy.queries.inbox import Offer
from habeas.advocacy.services import coalition, inbox, lists, pledges
from habeas.advocacy.services.contacts import Convened
from habeas.cases import access, by_hand, erasing, judging, people, services, settling, sharing
from habeas.cases.casefile import Conflict, Side
from habeas.cases.models import Case, CaseShare, Claim, Link, PeopleChange, Person, Sighting, Statement
from habeas.core.actor import Actor
from habeas.core.errors import NotThere
from habeas.extraction.reading import Claim as ReadClaim
from habeas.extraction.reading import DocumentInfo, Entity, Reading, Speaker
from habeas.extraction.reading import Statement as ReadStatement
from habeas.sources import translations, wacz
from habeas.sources.models import Document
from habeas.watch import services as watch
from habeas.watch.models import Alert

pytestmark = pytest.mark.django_db
THINGS = re.compile(
    r"\b(Case|CaseShare|Claim|Document|Link|PeopleChange|Person|Sighting|Statement|Judged|Conflict|Alert|Offer|Capture)\b"
)


class Desk(NamedTuple):
    """What the outsider is not to touch, and a plan of their own with a pledge in it."""

    case: Case
    other: Case
    person: Person
    document: Document
    beside: Document
    sighting: Sighting
    link: Link
    claim: Claim
    statement: Statement
    share: CaseShare
    change: PeopleChange
    alert: Alert
    conflict: Conflict
    offer: Offer
    plan: Coalition
    partner: Partner
    pledge: Pledge
    user: User
    file: Path


Act = Callable[[Desk, Actor], Any]
SAID = {"kind": "arrest", "phase": "done", "evidence": [[0, 12]]}
WANTED = Convened("A meeting", date(2026, 9, 1))
ACTS: dict[str, Act] = {
    "cases.judging.judge": lambda d, a: judging.judge(d.claim, "accept", actor=a),
    "cases.judging.judge statement": lambda d, a: judging.judge(d.statement, "accept", actor=a),
    "cases.judging.judge link": lambda d, a: judging.judge(d.link, "reject", actor=a),
    "cases.judging.mend": lambda d, a: judging.mend(d.claim, {"place": "Selm"}, actor=a),
    "cases.judging.undo": lambda d, a: judging.undo(d.claim, actor=a),
    "cases.settling.settle": lambda d, a: settling.settle(d.conflict, 0, actor=a),
    "cases.by_hand.add_claim": lambda d, a: by_hand.add_claim(d.document, SAID, d.sighting, actor=a),
    "cases.by_hand.add_sighting": lambda d, a: by_hand.add_sighting(d.document, [[0, 5]], actor=a),
    "cases.people.merge": lambda d, a: people.merge(d.other.person, d.person, reason="one", user=d.user, actor=a),
    "cases.people.split": lambda d, a: people.split(d.person, [d.sighting], "X", reason="two", user=d.user, actor=a),
    "cases.people.add_alias": lambda d, a: people.add_alias(d.person, "Abu X", reason="said", user=d.user, actor=a),
    "cases.people.undo": lambda d, a: people.undo(d.change, user=d.user, actor=a),
    "cases.sharing.share": lambda d, a: sharing.share(d.case, d.user, actor=a),
    "cases.sharing.unshare": lambda d, a: sharing.unshare(d.share, actor=a),
    "cases.sharing.limit": lambda d, a: sharing.limit(d.case, actor=a),
    "cases.sharing.open_up": lambda d, a: sharing.open_up(d.case, actor=a),
    "cases.sharing.undo_share": lambda d, a: sharing.undo_share(d.share, actor=a),
    "cases.sharing.undo_limit": lambda d, a: sharing.undo_limit(d.case, actor=a),
    "sources.translations.pair": lambda d, a: translations.pair(d.beside, d.document, actor=a),
    "sources.translations.unpair": lambda d, a: translations.unpair(d.document, actor=a),
    "watch.services.dismiss": lambda d, a: watch.dismiss(d.alert, actor=a),
    "advocacy.services.coalition.add_case": lambda d, a: coalition.add_case(d.plan, d.case, actor=a),
    "advocacy.services.pledges.move": lambda d, a: pledges.move(d.pledge, "kept", actor=a, document=d.document),
    "advocacy.services.pledges.move statement": lambda d, a: pledges.move(
        d.pledge, "kept", actor=a, statement=d.statement
    ),
    "advocacy.services.lists.take_in": lambda d, a: lists.take_in(
        d.partner, "A list", b"Tarek Oumari", actor=a, document=d.document
    ),
    "advocacy.services.inbox.take_meeting": lambda d, a: inbox.take_meeting(d.plan, d.offer, WANTED, actor=a),
    "advocacy.services.inbox.take_communication": lambda d, a: inbox.take_communication(
        d.plan, d.offer, "An office", "authority", "release", [], actor=a
    ),
    "advocacy.services.inbox.take_priority": lambda d, a: inbox.take_priority(d.plan, d.offer, "Free them", actor=a),
    "advocacy.services.inbox.take_pledge": lambda d, a: inbox.take_pledge(
        d.plan, d.offer, d.partner, "letter_to_authority", date(2026, 9, 1), actor=a
    ),
    "advocacy.services.inbox.drop": lambda d, a: inbox.drop(d.plan, d.offer, actor=a),
}
ELSEWHERE = {
    "sources.seen.must_see": "it is the check",
    "cases.erasing.erase": "admins alone, of whom test_who_answers_for_a_team_erases_nobody_they_do_not_see tells",
    "cases.erasing.erase_if": "a step of erasing, whose callers have asked",
    "cases.retaining.retire_all": "a step of keeping a rule, which an admin set for the documents of their own team",
    "cases.intake.read_document": "a step of taking in what the actor has just captured",
    "cases.returning.let_back": "a step of taking in bytes that the actor brings, for the team they report for",
    "cases.services.take_in": "a step of taking in what the actor has just captured",
    "cases.services.take_in_all": "a step of taking in what the actor has just captured",
    "sources.translations.pair_as_stated": "a step of taking in what the actor has just captured",
    "sources.wacz.write": "who exports what they do not see: test_no_export_of_documents_that_are_not_seen",
}


def said(name: str, text: str) -> Reading:
    """Somebody named, arrested, and saying so."""
    end = len(name)
    entity = Entity("e1", "person", name, ((0, end),))
    claim = ReadClaim(id="c1", subject="e1", kind="arrest", phase="done", modality="actual", evidence=((0, len(text)),))
    speaker = Speaker(spans=((0, end),), entity="e1")
    statement = ReadStatement("s1", speaker, ((end, end + 4),), ((0, end),), "direct", ("promise",), about=("e1",))
    return Reading(DocumentInfo(), entities=(entity,), claims=(claim,), statements=(statement,))


@pytest.fixture(params=["of another team", "of the team, and the case is limited"])
def outsider(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Desk, Actor]:
    people_ = cast()
    alice, by = people_.alice, actor(people_.alice)
    for text in ("Tarek Oumari was arrested.", "Tarek Oumari said that he was held."):
        services.take_in(document(alice, text), said("Tarek Oumari", text), reader="test", actor=by)
    report(alice, "Salma Aydin")
    case, other = (Case.objects.get(person__name=name) for name in ("Tarek Oumari", "Salma Aydin"))
    sightings = Sighting.objects.filter(name="Tarek Oumari").order_by("pk")
    change = people.add_alias(case.person, "Abu Hani", reason="his brother", user=alice, actor=by)
    share = sharing.share(case, people_.bob, actor=by)
    claims = Claim.objects.filter(subject__in=sightings).order_by("pk")
    judging.judge(claims[0], "accept", actor=by)
    alert = Alert.objects.create(
        case=case, rule="health", due_on=date(2026, 3, 4), label="", reasons=[], as_of=date(2026, 3, 4),
        raised_at=timezone.now(),
    )  # fmt: skip
    user = people_.charlie
    if "limited" in request.param:
        sharing.limit(case, actor=by)
        user = colleague(people_, "editor")
    plan = coalition.found("Theirs", "Their office", actor=actor(user))
    partner = plan.partners.get()
    statement = Statement.objects.earliest("pk")
    reading = statement.reading
    draft = Draft("priority", 0, 12, "Tarek Oumari")
    made = Desk(
        case=case,
        other=other,
        person=case.person,
        document=reading.document,
        beside=document(user, "Theirs."),
        sighting=sightings[0],
        link=Link.objects.filter(sighting=sightings[0]).latest("pk"),
        claim=claims[0],
        statement=statement,
        share=share,
        change=change,
        alert=alert,
        conflict=conflict_of(claims[0]),
        offer=Offer(draft, statement.pk, reading.document_id, "", "Basit Post", "", "", "en"),
        plan=plan,
        partner=partner,
        pledge=pledges.pledge(partner, "letter_to_authority", date(2026, 9, 1), actor=actor(user), group="all"),
        user=user,
        file=tmp_path / "out.wacz",
    )
    return made, actor(user)


def conflict_of(claim: Claim) -> Conflict:
    row = replace(told("arrest/done"), claim=claim.pk)
    return Conflict("key", "arrest", "date", "date of the arrest", "custody", (Side("a day", (row,)),))


def written() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nothing_is_done_to_what_the_actor_does_not_see(outsider: tuple[Desk, Actor], act: Act) -> None:
    desk, by = outsider
    before = written()
    with pytest.raises(NotThere, match=r"^There is no such [a-z ]+ here\.$"):
        act(desk, by)
    assert written() == before


@pytest.mark.parametrize("kind", access.SEEN, ids=lambda kind: kind.__name__)
def test_the_same_is_said_of_what_is_not_there(outsider: tuple[Desk, Actor], kind: type[access.Thing]) -> None:
    desk, by = outsider
    thing = next(value for value in desk if type(value) is kind)
    said_of = []
    for asked in (thing, kind(pk=10**9)):
        with pytest.raises(NotThere) as fault:
            access.must_see(by, asked)
        said_of.append(str(fault.value))
    assert said_of[0] == said_of[1]


def test_no_export_of_documents_that_are_not_seen(outsider: tuple[Desk, Actor]) -> None:
    desk, by = outsider
    capture = desk.document.captures.get()
    capture.warc_sha256 = "0" * 64
    with pytest.raises(NotThere):
        wacz.write([capture], desk.file, "title", actor=by)
    assert not desk.file.exists()


def test_who_answers_for_a_team_erases_nobody_they_do_not_see() -> None:
    people_ = cast()
    report(people_.alice, "Tarek Oumari")
    case = Case.objects.get()
    sharing.limit(case, actor=actor(people_.alice))
    before = written()
    with pytest.raises(NotThere):
        erasing.erase(case.person, reason="asked for", actor=actor(people_.bob))
    assert written() == before


def test_every_service_that_takes_a_thing_is_in_the_table() -> None:
    found = {name for module in modules() for name in taking_things(module)}
    assert found == {name.partition(" ")[0] for name in ACTS} | set(ELSEWHERE)


def modules() -> Iterator[ModuleType]:
    """The modules of the rooms, but for their queries, and without the web, whose views call these."""
    for room in ("cases", "sources", "watch", "advocacy"):
        package = importlib.import_module(f"habeas.{room}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in info.name and ".queries" not in info.name:
                yield importlib.import_module(info.name)


def taking_things(module: ModuleType) -> Iterator[str]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        mine = function.__module__ == module.__name__ and not name.startswith("_")
        told = inspect.signature(function).parameters if mine else {}
        if "actor" in told and any(THINGS.search(str(one.annotation)) for one in told.values()):
            yield f"{module.__name__.removeprefix(habeas.__name__ + '.')}.{name}"
