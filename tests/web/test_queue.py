"""What waits for a judgement, gone down case by case."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import Cast, actor, read_as, report
from habeas.accounts.models import Team
from habeas.cases import judging, services
from habeas.cases.models import Case, Claim, Judgement, Statement
from habeas.cases.queries.queue import Queue
from web.desks import asked, case_of_oumari, spoken
from web.pages import text_of

PART = {"HTTP_DESK_PART": "foot"}


def test_the_most_urgent_case_comes_first_with_why(alice: Client, people: Cast) -> None:
    case_of_oumari(people)
    report(people.alice, "Tarek Oumari", "{name} is 40.", kind="profile", phase="age", value=40)
    report(people.alice, "Olena Prysh")
    shown = text_of(alice.get("/judge"))
    assert shown.index("Tarek Oumari") < shown.index("on hunger strike, as reported") < shown.index("Olena Prysh")
    assert "what is said of custody rests on it" in shown
    assert shown.index("what is said of") < shown.index("nobody has judged it")


@pytest.mark.parametrize(("most", "told"), [(1, True), (2, False)])
def test_the_most_urgent_of_many_cases_are_gone_through_first(
    alice: Client, people: Cast, monkeypatch: pytest.MonkeyPatch, most: int, told: bool
) -> None:
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Olena Prysh", "{name} is on hunger strike.", kind="hunger_strike", phase="ongoing")
    monkeypatch.setattr("habeas.cases.queries.queue.MOST", most)
    shown = text_of(alice.get("/judge"))
    assert "Olena Prysh" in shown
    assert ("Tarek Oumari" not in shown) is told
    assert ("The 1 most urgent of 2 cases in which something waits" in shown) is told


def test_conflicts_names_claims_and_statements_wait(alice: Client, people: Cast) -> None:
    asked(people)
    report(people.alice, "Tarek Oumari", "{name} was arrested on 2 March.", date="2026-03-02")
    report(people.alice, "Tarek Oumari", "{name} was arrested on 9 March.", date="2026-03-09")
    spoken(people, "Salma Benhadi", "that he be freed")
    shown = text_of(alice.get("/judge"))
    for words in ("conflicts 1", "names 1", "statements 1", "sources contradict each other", "2 March 2026",
                  "Is Oumari Hani Saffar the same as Tarek Oumari", "that he be freed"):  # fmt: skip
        assert words in shown, words
    only = text_of(alice.get("/judge?kind=match"))
    assert "Is Oumari Hani Saffar" in only
    assert "sources contradict each other" not in only


def test_what_is_judged_waits_no_more_and_what_nobody_can_tell_is_kept_apart(alice: Client, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari")
    key = Claim.objects.get().pk
    told = text_of(
        alice.post(f"/documents/{made.pk}/claims/{key}", {"verdict": "unsure", "next": "/judge"}, follow=True)
    )
    assert "Left open: unsure." in told
    assert "Nothing waits" in told
    assert "somebody could not tell" in text_of(alice.get("/judge?kind=unsure"))


def test_a_second_person_is_asked_and_not_the_first_again(alice: Client, bob: Client, people: Cast) -> None:
    judging.set_rule(Team.objects.get(membership__user=people.alice), "claim", 2, actor=actor(people.alice))
    report(people.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=actor(people.alice))
    assert "Nothing waits" in text_of(alice.get("/judge"))
    assert "a second person must say the same" in text_of(bob.get("/judge"))


def test_a_judgement_that_a_newer_reading_does_not_carry_waits(alice: Client, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=actor(people.alice))
    newer = replace(read_as(made.text, "Tarek Oumari", kind="release"))
    services.take_in(made, newer, reader="test-2", actor=actor(people.alice))
    assert "judged before; the newest reading no longer says it" in text_of(alice.get("/judge"))


def test_claims_about_nobody_on_file_come_last(alice: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Olena Prysh", "{name} is 40.", kind="profile", phase="age", value=40)
    shown = text_of(alice.get("/judge"))
    assert shown.index("Tarek Oumari") < shown.index("People and groups without a case") < shown.index("Olena Prysh")


def test_of_one_case(alice: Client, charlie: Client, people: Cast) -> None:
    report(people.alice, "Olena Prysh")
    report(people.alice, "Tarek Oumari")
    case = Case.objects.get(person__name="Tarek Oumari")
    shown = text_of(alice.get("/judge", {"case": case.pk}))
    assert "What waits about Tarek Oumari" in shown
    assert "Olena Prysh" not in shown
    assert charlie.get("/judge", {"case": case.pk}).status_code == 404


@pytest.mark.parametrize("asked_for", [{"kind": "x"}, {"case": "0"}, {"case": "x"}])
def test_what_is_not_there_is_404(alice: Client, people: Cast, asked_for: dict[str, str]) -> None:
    assert alice.get("/judge", asked_for).status_code == 404


def test_a_conflict_is_settled_and_taken_back_in_place(alice: Client, charlie: Client, people: Cast) -> None:
    for day in (2, 9):
        report(people.alice, "Tarek Oumari", f"{{name}} was arrested on {day} March.", date=f"2026-03-0{day}")
    case = Case.objects.get()
    key = alice.get("/judge").context["page"][0].tasks[0].conflict.key
    assert charlie.post(f"/cases/{case.pk}/conflicts", {"conflict": key, "side": "0"}, **PART).status_code == 404
    foot = alice.post(f"/cases/{case.pk}/conflicts", {"conflict": key, "side": "0"}, **PART)
    assert 'data-judged="settled"' in foot.content.decode()
    claims = [claim.pk for claim in Claim.objects.all()]
    assert charlie.post("/undo", {"claim": claims}, **PART).status_code == 404
    assert alice.post("/undo", {"claim": claims}, **PART).status_code == 204
    assert Judgement.objects.filter(undoes=None, undone_by=None).count() == 0


def test_a_name_is_judged_and_taken_back_in_place(alice: Client, people: Cast) -> None:
    link = asked(people)
    foot = alice.post(f"/matches/{link.pk}", {"verdict": "accept"}, **PART).content.decode()
    assert 'value="accept" formaction' in foot
    assert 'aria-pressed="true"' in foot
    foot = alice.post(f"/matches/{link.pk}", {"verdict": "undo"}, **PART).content.decode()
    assert "aria-pressed" not in foot


def test_of_one_kind_alone_the_others_are_neither_gone_through_nor_counted(alice: Client, people: Cast) -> None:
    report(people.alice, "Olena Prysh")
    spoken(people, "Salma Benhadi", "that he be freed")
    with CaptureQueriesContext(connection) as seen:
        shown = text_of(alice.get("/judge?kind=statement"))
    assert "statements 1" in shown
    assert re.search(r"claims (?!\d)", shown)  # a way there, with no number
    assert not [one for one in seen.captured_queries if '"added_by_id" IS NULL' in one["sql"]]  # claims are not sought


def test_an_outsider_sees_nothing_of_it(charlie: Client, people: Cast) -> None:
    case_of_oumari(people)
    shown = text_of(charlie.get("/judge"))
    assert "Oumari" not in shown
    assert "Begin with a report" in shown


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/judge").headers["Location"].startswith("/sign-in")


def test_the_number_of_queries_does_not_grow(alice: Client, people: Cast) -> None:
    counts = []
    for names in (("Tarek Oumari",), ("Olena Prysh", "Jun Harada", "Idris Wako")):
        for name in names:
            report(people.alice, name)
            report(people.alice, name, "{name} was moved.", kind="transfer")
        with CaptureQueriesContext(connection) as queries:
            alice.get("/judge")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_judging_asks_little_of_the_database_however_long_the_document(alice: Client, people: Cast) -> None:
    """One key is answered in under 100 ms; what is measured here is that the document's other claims are not read."""
    made = spoken(people, "Salma Benhadi", "that he be freed")
    of_claim, of_statement = Claim.objects.get().pk, Statement.objects.get().pk
    for address in (f"claims/{of_claim}", f"statements/{of_statement}"):
        with CaptureQueriesContext(connection) as queries:
            answer = alice.post(f"/documents/{made.pk}/{address}", {"verdict": "accept"}, **PART)
        assert 'aria-pressed="true"' in answer.content.decode()
        assert len(queries) <= (49 if connection.vendor == "postgresql" else 46)


def test_of_a_long_case_the_newest_of_each_kind_wait_and_it_says_that_there_are_more(
    alice: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (2, 3, 4):
        report(people.alice, "Tarek Oumari", f"{{name}} was moved on {day} March.", kind="transfer", phase="done")
    monkeypatch.setattr("habeas.cases.queries.queue.MOST_ASKED", 2)
    shown = text_of(alice.get("/judge"))
    assert "claims 2+" in shown
    assert "moved on 4 March" in shown
    assert "moved on 2 March" not in shown
    for claim in Claim.objects.order_by("-pk")[:2]:
        judging.judge(claim, "accept", actor=actor(people.alice))
    shown = text_of(alice.get("/judge"))
    assert "claims 1" in shown
    assert "+" not in shown
    assert "moved on 2 March" in shown


def test_people_are_sought_by_no_kind_of_thing_that_nobody_judged_so(people: Cast) -> None:
    """On PostgreSQL it takes a tenth of a second only to plan which names somebody was unsure of."""
    report(people.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "unsure", actor=actor(people.alice))
    with CaptureQueriesContext(connection) as seen:
        found = Queue(people.alice, timezone.localdate(), kind="unsure")
    assert len(found) == 1
    sought = [one["sql"] for one in seen.captured_queries if '"settles"' in one["sql"] and "LIMIT 500" in one["sql"]]
    assert ["cases_claim" in sql.partition("WHERE")[0] for sql in sought if not sql.endswith("LIMIT 501")] == [True]
