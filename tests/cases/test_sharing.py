"""Cases limited to some people, or shown to others: what each of them sees, everywhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cast import Cast, actor, cast, colleague, document, of_two_teams, report
from habeas.accounts.models import Membership, User
from habeas.accounts.roles import NotAllowed
from habeas.advocacy.models import PlanCase
from habeas.advocacy.services import coalition
from habeas.audit import checks
from habeas.cases import erasing, gold, judging, kept, people, queries, services, sharing
from habeas.cases.access import readers
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, CaseShare, Claim, Link, Person, Sighting
from habeas.cases.queries.identity import identity_of, organisations
from habeas.cases.queries.matches import matches, matches_in
from habeas.cases.queries.readings import readings_of
from habeas.cases.queries.speakers import count_speakers, turns
from habeas.cases.queries.today import today
from habeas.core.errors import NotThere
from habeas.extraction.reading import Claim as ReadClaim
from habeas.extraction.reading import DocumentInfo, Entity, Reading, Speaker
from habeas.extraction.reading import Statement as ReadStatement
from habeas.sources.models import Document
from habeas.watch import channels, delivery
from habeas.watch import queries as watch
from habeas.watch.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Cast:
    """Tarek Oumari and Salma Aydin on file, each in a report of their own, and one report about both."""
    made = cast()
    report(made.alice, "Tarek Oumari", "{name} was arrested in Basit.")
    report(made.alice, "Salma Aydin", "{name} was arrested in Selm.")
    both = "Tarek Oumari and Salma Aydin were arrested."
    entities = (Entity("e1", "person", "Tarek Oumari", ((0, 12),)), Entity("e2", "person", "Salma Aydin", ((17, 28),)))
    claims = tuple(
        ReadClaim(id=f"c{n}", subject=f"e{n}", kind="arrest", phase="done", modality="actual", evidence=((0, 43),))
        for n in (1, 2)
    )
    salma = Speaker(spans=((17, 28),), entity="e2")
    said = tuple(
        ReadStatement(f"s{n}", salma, ((29, 33),), ((0, 28),), "direct", (act,), about=about)
        for n, act, about in ((1, "confirm", ("e1",)), (2, "deny", ("e1", "e2")))
    )
    reading = Reading(DocumentInfo(), entities=entities, statements=said, claims=claims)
    services.take_in(document(made.alice, both), reading, reader="test", actor=actor(made.alice))
    return made


def of(name: str) -> Case:
    return Case.objects.get(person__name=name)


def sees(user: User) -> set[str]:
    """The names of everybody whom some list or page tells the user of."""
    told = {row.name for row in queries.case_rows(user)}
    assert Case.objects.count_visible_to(user) == Case.objects.visible_to(user).count() == len(told)
    told |= {found.title for found in queries.search(user, "Oumari") if found.kind == "person"}
    told |= {found.title for found in queries.search(user, "Aydin") if found.kind == "person"}
    told |= {one.row.name for one in today(user, None, timezone.localdate()).cases}
    told |= {one.subject for what in ("claim", "statement", "link") for one in queries.waiting(user, what)}
    told |= {one.name for said in queries.statements(user) for one in said.about}
    told |= {turn.about for turn in turns(user, "salma aydin")}
    told |= {notice.name for notice in watch.alerts(user)} | {notice.name for notice in watch.clocks(user)}
    told |= {one.person for one in matches(user)} | {one.name for one in organisations(user, limit=9)}
    for seen in Document.objects.visible_to(user):
        view = queries.document_view(seen, user)
        told |= {one.subject for one in (*readings_of(seen, user).added, *readings_of(seen, user).dropped)}
        told |= {card.subject for card in view.cards} | {mention.name for mention in view.mentions}
    return told


def alert(case: Case) -> Alert:
    day = date(2026, 3, 4)
    return Alert.objects.create(
        case=case, rule="order_expiry", due_on=day, label="", reasons=[], as_of=day, raised_at=timezone.now()
    )


def test_a_limited_case_is_nowhere_for_the_rest_of_the_team(desk: Cast) -> None:
    assert sees(desk.bob) == sees(desk.alice) == {"Tarek Oumari", "Salma Aydin"}
    sharing.limit(of("Tarek Oumari"), actor=actor(desk.alice))
    assert sees(desk.alice) == {"Tarek Oumari", "Salma Aydin"}
    assert sees(desk.bob) == {"Salma Aydin"}
    assert queries.case_file(of("Tarek Oumari"), desk.bob) is None
    assert not any(g for g in gold.export(desk.bob) if "Basit" in g["document"]["text"])
    # What speaks of him alone goes with his file; what speaks of somebody else too stays hers.
    assert {d.text for d in Document.objects.visible_to(desk.bob)} == {
        "Salma Aydin was arrested in Selm.",
        "Tarek Oumari and Salma Aydin were arrested.",
    }


def test_it_is_shown_to_whom_it_is_shown_and_hidden_again(desk: Cast) -> None:
    case = of("Tarek Oumari")
    sharing.limit(case, actor=actor(desk.alice))
    given = sharing.share(case, desk.bob, actor=actor(desk.alice))
    assert sharing.share(case, desk.bob, actor=actor(desk.alice)) == given
    assert [user.username for user in readers(case)] == ["alice", "bob"]
    assert sees(desk.bob) == {"Tarek Oumari", "Salma Aydin"}
    sharing.undo_share(given, actor=actor(desk.alice))
    assert sees(desk.bob) == {"Salma Aydin"}
    again = sharing.undo_share(given, actor=actor(desk.alice))
    assert (again.pk != given.pk, sees(desk.bob)) == (True, {"Tarek Oumari", "Salma Aydin"})
    sharing.undo_limit(case, actor=actor(desk.alice))
    sharing.unshare(again, actor=actor(desk.alice))
    assert sees(desk.bob) == {"Tarek Oumari", "Salma Aydin"}


@pytest.mark.parametrize("with_team", [True, False])
def test_somebody_of_another_team_sees_that_case_and_its_documents_alone(desk: Cast, with_team: bool) -> None:
    case, who = of("Tarek Oumari"), Membership.objects.get(user=desk.charlie).team if with_team else desk.charlie
    assert sees(desk.charlie) == set()
    given = sharing.share(case, who, actor=actor(desk.alice))
    file = queries.case_file(case, desk.charlie)
    assert file is not None
    assert len(file.documents) == 2
    assert {row.name for row in queries.case_rows(desk.charlie)} == {"Tarek Oumari"}
    with pytest.raises(NotAllowed):  # seeing is not judging: that takes a role in the case's team
        judging.judge(Claim.objects.earliest("pk"), "accept", actor=actor(desk.charlie))
    with pytest.raises(NotAllowed):
        sharing.limit(case, actor=actor(desk.charlie))
    sharing.unshare(given, actor=actor(desk.alice))
    assert sees(desk.charlie) == set()


def test_cases_are_counted_as_they_are_listed(desk: Cast) -> None:
    def counted() -> list[int]:
        counts = [Case.objects.count_visible_to(user) for user in desk]
        assert counts == [Case.objects.visible_to(user).count() for user in desk]
        return counts

    assert counted() == [2, 2, 0]
    of_two_teams(desk, "Nabil Karroubi", "Abu Salim Haddar")  # alice is of both teams from now on
    assert counted() == [3, 3, 1]
    sharing.share(of("Salma Aydin"), desk.charlie, actor=actor(desk.alice))
    assert counted() == [3, 3, 2]
    one, other = (of(name).person for name in ("Tarek Oumari", "Salma Aydin"))
    people.merge(one, other, reason="the same", user=desk.alice, actor=actor(desk.alice))
    assert sum(counted()) < 8
    before = counted()
    erasing.erase(Person.objects.get(name="Nabil Karroubi"), reason="asked for", actor=actor(desk.alice))
    assert sum(counted()) < sum(before)


def test_nobody_inactive_is_shown_anything(desk: Cast) -> None:
    sharing.share(of("Tarek Oumari"), desk.charlie, actor=actor(desk.alice))
    desk.charlie.is_active = False
    desk.charlie.save()
    assert sees(desk.charlie) == set()
    assert "charlie" not in [user.username for user in readers(of("Tarek Oumari"))]


def test_alerts_go_to_those_who_see_the_case(desk: Cast) -> None:
    case = of("Tarek Oumari")
    for user in (desk.alice, desk.bob):
        channels.open_channel(user, "mail", actor=actor(user), address=f"{user.username}@basit.example")
    delivery.queue([alert(case)])
    assert Delivery.objects.count() == 2
    sharing.limit(case, actor=actor(desk.alice))
    delivery.queue([alert(case)])
    assert Delivery.objects.filter(channel__user=desk.bob).count() == 1
    assert watch.count_alerts(desk.bob) == 0
    assert watch.count_alerts(desk.alice) == 2


def test_a_plan_that_is_open_to_all_does_not_open_a_limited_case(desk: Cast) -> None:
    made = coalition.found("Together", "Basit Legal", actor=actor(desk.alice))
    coalition.seat(made.partners.get(), desk.charlie, actor=actor(desk.alice))
    coalition.add_case(made, of("Tarek Oumari"), actor=actor(desk.alice), everybody=True)
    assert PlanCase.objects.visible_to(desk.charlie).exists()
    sharing.limit(of("Tarek Oumari"), actor=actor(desk.alice))
    assert not PlanCase.objects.visible_to(desk.charlie).exists()
    assert PlanCase.objects.visible_to(desk.alice).exists()


def test_who_may_not_changes_nothing(desk: Cast) -> None:
    case, rana = of("Tarek Oumari"), colleague(desk, "reader")
    with pytest.raises(NotAllowed):
        sharing.share(case, desk.charlie, actor=actor(rana))
    sharing.limit(case, actor=actor(desk.alice))
    with pytest.raises(NotThere, match="no such case here"):
        sharing.share(case, desk.charlie, actor=actor(colleague(desk, "editor", name="hala")))
    sharing.share(case, desk.bob, actor=actor(desk.bob))  # an admin lets himself in, on record
    assert sees(desk.bob) == {"Tarek Oumari", "Salma Aydin"}


def test_somebody_always_sees_it(desk: Cast) -> None:
    case = of("Tarek Oumari")
    sharing.limit(case, actor=actor(desk.alice))
    with pytest.raises(sharing.CannotShare, match="Nobody could see"):
        sharing.unshare(CaseShare.objects.get(), actor=actor(desk.alice))


def test_merging_and_splitting_keep_what_is_limited(desk: Cast) -> None:
    case, by = of("Tarek Oumari"), actor(desk.alice)
    sharing.limit(case, actor=by)
    with pytest.raises(people.CannotChangePeople, match="limited"):
        people.merge(of("Salma Aydin").person, case.person, reason="one face", user=desk.alice, actor=by)
    seen = list(Sighting.objects.filter(name="Tarek Oumari").order_by("pk"))[:1]
    people.split(case.person, seen, "Tarek Hani", reason="two men", user=desk.alice, actor=by)
    assert "Tarek Hani" in {row.name for row in queries.case_rows(desk.alice)}
    assert sees(desk.bob) == {"Salma Aydin"}


def test_every_change_is_sealed(desk: Cast) -> None:
    case, by = of("Tarek Oumari"), actor(desk.alice)
    sharing.limit(case, actor=by)
    sharing.unshare(sharing.share(case, desk.bob, actor=by), actor=by)
    sharing.open_up(case, actor=by)
    assert not list(checks.faults(SEALED))
    CaseShare.objects.update(until=None)
    assert any("share" in fault and "not as line" in fault for fault in checks.faults(SEALED))


def test_what_is_said_of_a_limited_case_is_counted_nowhere(desk: Cast) -> None:
    assert [turn.about for turn in turns(desk.bob, "salma aydin")] == ["Tarek Oumari"]
    again = Reading(DocumentInfo(), entities=(Entity("e1", "person", "Salma Aydin", ((17, 28),)),))
    both = Document.objects.latest("pk")
    sharing.limit(of("Tarek Oumari"), actor=actor(desk.alice))
    assert [queries.count_statements(user).number for user in desk[:2]] == [2, 1]
    assert queries.count_waiting(desk.bob)["statement", "new"] == 1
    assert [len([f for f in queries.search(u, "Tarek") if f.kind == "statement"]) for u in desk[:2]] == [2, 1]
    assert count_speakers(desk.bob) == 1
    assert not turns(desk.bob, "salma aydin")
    services.take_in(both, again, reader="later", actor=actor(desk.alice))
    assert {one.subject for one in readings_of(both, desk.alice).dropped} == {"Tarek Oumari", "Salma Aydin"}
    assert {one.subject for one in readings_of(both, desk.bob).dropped} == {"Salma Aydin"}


@pytest.mark.parametrize("limited", [True, False])
def test_a_report_that_comes_with_a_case_tells_nothing_of_others_in_it(desk: Cast, limited: bool) -> None:
    if limited:
        sharing.limit(of("Salma Aydin"), actor=actor(desk.alice))
    sharing.share(of("Tarek Oumari"), desk.charlie, actor=actor(desk.alice))
    assert sees(desk.charlie) == {"Tarek Oumari"}


def test_a_name_that_is_taken_for_a_hidden_person_asks_nobody_else(desk: Cast) -> None:
    sighting = Sighting.objects.filter(name="Tarek Oumari").latest("pk")
    salma = of("Salma Aydin").person
    Link.objects.create(
        sighting=sighting, person=salma, verdict="ask", score=0.5, reason="", made_at=timezone.now(), made_by="test"
    )
    assert [one.seen.name for one in matches(desk.bob)] == ["Tarek Oumari"]
    sharing.limit(of("Tarek Oumari"), actor=actor(desk.alice))
    assert not matches(desk.bob)
    assert not matches_in(sighting.reading.document, desk.bob)


def test_a_name_in_a_hidden_document_waits_for_nobody_from_whom_it_is_hidden(desk: Cast) -> None:
    made = report(desk.alice, "Salma Aydin", "{name} was arrested with Oumari.")
    seen = Sighting.objects.filter(reading__document=made).latest("pk")
    asking = Sighting.objects.create(reading=seen.reading, name="Oumari", folded="oumari", kind="person", mentions=[])
    told = {"score": 0.5, "reason": "alike", "made_at": timezone.now(), "made_by": "names"}
    Link.objects.create(sighting=asking, person=of("Tarek Oumari").person, verdict="ask", **told)
    kept.catch_up()
    sharing.limit(of("Salma Aydin"), actor=actor(desk.alice))
    for user, n in ((desk.alice, 1), (desk.bob, 0)):
        assert len(queries.waiting(user, "link")) == queries.count_waiting(user)["link", "new"] == n
        assert {row.name: row.waiting for row in queries.case_rows(user)}["Tarek Oumari"] == n
        on = timezone.localdate()
        assert {one.row.name: one.row.waiting for one in today(user, None, on).cases}["Tarek Oumari"] == n


def test_undoing_a_split_or_a_merge_opens_no_limited_file(desk: Cast) -> None:
    case, by = of("Tarek Oumari"), actor(desk.alice)
    seen = list(Sighting.objects.filter(name="Tarek Oumari").order_by("pk"))[:1]
    split = people.split(case.person, seen, "Tarek Hani", reason="two men", user=desk.alice, actor=by)
    sharing.limit(of("Tarek Hani"), actor=by)
    assert not identity_of(case, desk.bob).changes
    with pytest.raises(NotThere):
        people.undo(split, user=desk.bob, actor=actor(desk.bob))
    with pytest.raises(people.CannotChangePeople, match="not limited to the same"):
        people.undo(split, user=desk.alice, actor=by)
    sharing.limit(case, actor=by)
    people.undo(split, user=desk.alice, actor=by)
    sharing.open_up(case, actor=by)
    merge = people.merge(case.person, of("Salma Aydin").person, reason="one face", user=desk.alice, actor=by)
    sharing.limit(case, actor=by)
    with pytest.raises(people.CannotChangePeople, match="not limited to the same"):
        people.undo(merge, user=desk.alice, actor=by)


def test_gold_leaves_out_what_speaks_of_a_limited_case(desk: Cast) -> None:
    judging.judge(Claim.objects.latest("pk"), "accept", actor=actor(desk.alice))
    assert len(list(gold.export(desk.bob))) == 1
    sharing.limit(of("Tarek Oumari"), actor=actor(desk.alice))
    assert (len(list(gold.export(desk.alice))), len(list(gold.export(desk.bob)))) == (1, 0)
