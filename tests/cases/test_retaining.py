"""What a rule in days removes, what it leaves, and what it never touches."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from advocacy.coalition import held, promised
from cast import Cast, actor, cast, colleague, document, read_as, report
from habeas import extraction
from habeas.accounts.roles import NotAllowed
from habeas.accounts.services import local_operator
from habeas.advocacy.services import pledges
from habeas.audit import checks as audit
from habeas.audit.models import AuditLine
from habeas.cases import checks, erasing, intake, judging, queries, rereading, retaining, services
from habeas.cases.models import Case, Claim, Link, Name, Person, Sighting
from habeas.cases.retaining import Rule, due, retire
from habeas.core.actor import Actor
from habeas.sources import checks as sources
from habeas.sources import store, translations
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db
IN_A_YEAR = timezone.now() + timedelta(days=366)
YEAR = 365


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Cast:
    """Tarek Oumari on file by one report, and a report of Salma Darzi that only demands and so opens no case."""
    settings.DATA_DIR = tmp_path
    people = cast()
    report(people.alice, "Tarek Oumari")
    loose(people)
    return people


def loose(people: Cast, words: str = "The release of Salma Darzi is demanded.") -> Document:
    made = document(people.alice, words, title="Salma Darzi", url="https://basit.example/salma-darzi")
    reading = read_as(words, "Salma Darzi", kind="release", modality="demanded")
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    return made


def kept(what: retaining.What, by: Actor, **more: Any) -> int:
    return max(retire(Rule(what, YEAR, **more), actor=by, now=IN_A_YEAR), default=0)


def left(words: str) -> bool:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table's own name
            if words.casefold() in str(cursor.fetchall()).casefold():
                return True
    return False


def faults() -> list[str]:
    return [*checks.faults(), *sources.faults(), *audit.faults((*checks.SEALED, *sources.SEALED))]


def test_what_leads_to_no_case_goes_whole_and_leaves_its_hash_and_the_rule(desk: Cast) -> None:
    gone = Document.objects.get(title="Salma Darzi")
    before = gone.sha256, gone.text_sha256
    assert kept("unconnected", actor(desk.alice)) == 1
    assert not left("Darzi")
    assert not left("basit.example")
    assert not store.path_of(gone.sha256).exists()
    line = AuditLine.objects.get(action="cases.document.retired")
    assert line.subject == f"document {gone.pk}"
    assert line.detail == {
        "what": "unconnected", "days": YEAR, "by_source": False, "sha256": before[0], "text_sha256": before[1],
    }  # fmt: skip
    assert faults() == []
    assert not Name.objects.filter(name="Salma Darzi").exists()
    assert kept("unconnected", actor(desk.alice)) == 0
    assert not queries.search(desk.alice, "Darzi")
    file = queries.case_file(Case.objects.get(), desk.alice)
    assert file is not None
    assert file.state.custody.rows[0].passage.words == "Tarek Oumari was arrested."


def test_what_somebody_judged_just_before_it_went_stays(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the one writer looks at what is due afterwards: the writer before may have judged it."""
    claim, waited = Claim.objects.get(reading__document__title="Salma Darzi"), list[str]()

    def judged_while_waiting() -> None:
        if not waited:
            waited.append("for her")
            judging.judge(claim, "accept", actor=actor(desk.alice))

    monkeypatch.setattr("habeas.audit.services.one_writer_at_a_time", judged_while_waiting)
    assert kept("unconnected", actor(desk.alice)) == 0
    assert left("Darzi")


def test_originals_go_and_all_that_was_read_stays(desk: Cast) -> None:
    before = queries.case_file(Case.objects.get(), desk.alice)
    assert kept("originals", actor(desk.alice)) == 2
    assert not any(store.path_of(made.sha256).exists() for made in Document.objects.all())
    assert queries.case_file(Case.objects.get(), desk.alice) == before
    assert faults() == []
    assert kept("originals", actor(desk.alice)) == 0
    assert kept("unconnected", actor(desk.alice)) == 1  # a second rule takes the rest
    assert not left("Darzi")
    assert faults() == []


def test_bytes_that_were_removed_do_not_come_back_when_they_are_captured_again(desk: Cast) -> None:
    assert kept("originals", actor(desk.alice)) == 2
    again = document(desk.alice, "Tarek Oumari was arrested.")
    assert not store.path_of(again.sha256).exists()
    assert faults() == []


def test_what_a_rule_took_comes_back_and_is_read_when_it_is_captured_again(desk: Cast) -> None:
    words = "The release of Salma Darzi is demanded. They told nobody about her letter, her family in Basit said."
    made, by = loose(desk, words), actor(desk.alice)
    assert kept("unconnected", by) == 2
    assert list(rereading.unread(desk.alice).filter(pk=made.pk)) == []
    assert intake.read_document(Document.objects.get(pk=made.pk), actor=by) is None
    again = document(desk.alice, words, title="Salma Darzi", url="https://basit.example/again")
    assert (again.pk, again.text, again.title, again.erased_at) == (made.pk, words, "Salma Darzi", None)
    assert store.path_of(again.sha256).exists()
    assert faults() == []
    assert list(rereading.unread(desk.alice).filter(pk=made.pk)) == [made]
    taken = intake.read_document(again, actor=by)
    assert taken is not None
    assert taken.is_new
    assert taken.statements
    assert {found.document for found in queries.search(desk.alice, "told nobody")} == {made.pk}
    assert intake.read_document(again, actor=by) is None
    assert faults() == []
    assert kept("unconnected", by) == 1  # it goes again by the same rule
    assert not left("Darzi")
    assert faults() == []


def test_where_somebody_was_erased_nothing_comes_back_and_nothing_is_read_again(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the blocks "he" would be the next man: what is left of the text must not be read."""
    text, by = "Tarek Oumari was arrested.", actor(desk.alice)
    made = Document.objects.get(text=text)
    erasing.erase(Person.objects.get(name="Tarek Oumari"), reason="asked for", actor=by)
    monkeypatch.setattr(extraction, "READER", "newer")
    captures = made.captures.count()
    again = document(desk.alice, text, url="https://basit.example/tarek-oumari")
    assert again == made
    assert made.captures.count() == captures
    assert not left("Oumari")
    assert not store.path_of(made.sha256).exists()
    assert intake.read_document(again, actor=by) is None
    assert [one.document for one in rereading.reread(desk.alice)] == [Document.objects.get(title="Salma Darzi").pk]
    assert faults() == []


def test_who_is_erased_while_a_reader_reads_does_not_come_back(desk: Cast) -> None:
    made, by = Document.objects.get(text="Tarek Oumari was arrested."), actor(desk.alice)
    reading = read_as(made.text, "Tarek Oumari")
    erasing.erase(Person.objects.get(name="Tarek Oumari"), reason="asked for", actor=by)
    (taken,) = services.take_in_all([(made, reading)], reader="newer", actor=by)
    assert (taken.is_new, taken.claims) == (False, 0)
    assert not left("Oumari")
    assert faults() == []


@pytest.mark.parametrize("why", ["judged", "added to", "asked of", "paired", "kept as evidence", "captured lately"])
def test_what_is_connected_or_used_stays(settings: Any, tmp_path: Path, why: str) -> None:
    settings.DATA_DIR = tmp_path
    plan = held()
    by = actor(plan.people.alice)
    made = loose(plan.people)
    now = IN_A_YEAR
    if why == "judged":
        judging.judge(Claim.objects.get(subject__name="Salma Darzi"), "unsure", actor=by)
    elif why == "added to":
        claim = Claim.objects.get(subject__name="Salma Darzi")
        values = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
        Claim.objects.create(**{**values, "local_id": "h1", "added_by_id": by.user_id})
    elif why == "asked of":
        Link.objects.create(
            sighting=Sighting.objects.get(name="Salma Darzi"), person=plan.tarek.case.person, verdict="ask", score=0.5,
            reason="", made_at=timezone.now(), made_by="test",
        )  # fmt: skip
    elif why == "paired":
        translations.pair(made, Document.objects.earliest("pk"), actor=by)
    elif why == "kept as evidence":
        pledges.move(promised(plan, plan.legal, plan.people.alice), "kept", actor=by, document=made)
    else:
        now = timezone.now() + timedelta(days=YEAR - 1)
    assert made not in due(Rule("unconnected", YEAR), actor=by, now=now)
    if why != "captured lately":
        assert made in due(Rule("originals", YEAR), actor=by, now=now)


def test_a_rule_for_one_source_touches_no_other(desk: Cast) -> None:
    other = document(desk.alice, "Nobody is named here.", source="Basit Radio")
    assert list(due(Rule("originals", YEAR, "Basit Radio"), actor=actor(desk.alice), now=IN_A_YEAR)) == [other]
    document(desk.alice, "Nobody is named here.", source="Basit Post")  # the same bytes, of another source as well
    assert list(due(Rule("originals", YEAR, "Basit Radio"), actor=actor(desk.alice), now=IN_A_YEAR)) == []


def test_a_rule_that_cannot_be_kept_is_refused(desk: Cast) -> None:
    for rule, says in ((Rule("originals", 0), "1 or more"), (Rule("originals", 9, "Nahr"), "called Nahr")):
        with pytest.raises(retaining.CannotRetire, match=says):
            due(rule, actor=actor(desk.alice))


def test_who_may_not_erase_retires_nothing_and_nobody_of_another_team_does(desk: Cast) -> None:
    with pytest.raises(NotAllowed):
        kept("originals", actor(colleague(desk, "editor")))
    assert kept("originals", actor(desk.charlie)) == 0
    assert kept("originals", Actor(local_operator().pk, "command")) == 2
