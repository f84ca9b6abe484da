"""What each person sees: their team's documents, cases, statements and people, and nothing of another team's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import Cast, actor, cast, document, report
from habeas.cases import people, queries, rows, services
from habeas.cases.models import Case, Claim, Judgement, Person, Reading
from habeas.cases.queries.waiting import asked as waiting_for
from habeas.core.folding import fold
from habeas.extraction import reading as r
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db
TEXT = (
    "Tarek Oumari was arrested on Monday. His lawyer Hala Basiti warned that Café Damour will close "
    "if he dies. “He is on hunger strike,” Basiti said."
)


@pytest.fixture
def desk() -> Cast:
    return cast()


def at(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def read_whole(reader: str = "test") -> r.Reading:
    """A reading of TEXT with two people, a claim each way, and two statements by the lawyer."""
    warned = r.Statement(
        "s1", r.Speaker(at("Hala Basiti"), "e2", "lawyer", "Basiti & Daughters"), at("warned"),
        at("that Café Damour will close if he dies"), "indirect", ("warn", "demand"), about=("e1",),
        condition=at("if he dies")[0],
    )  # fmt: skip
    quoted = r.Statement(
        "s2", r.Speaker(at("Basiti said"), "e2"), at("said"), at("“He is on hunger strike,”"), "direct"
    )
    return r.Reading(
        r.DocumentInfo(note=reader),
        (
            r.Entity("e1", "person", "Tarek Oumari", at("Tarek Oumari")),
            r.Entity("e2", "person", "Hala Basiti", at("Hala Basiti")),
        ),
        (warned, quoted),
        (
            r.Claim("c1", "e1", "arrest", "done", "actual", at("Tarek Oumari was arrested on Monday"), "2026-03-02"),
            r.Claim("c2", "e1", "hunger_strike", "ongoing", "actual", at("He is on hunger strike"), statement="s2"),
            r.Claim("c3", "e1", "death", "done", "hypothetical", at("if he dies"), statement="s1"),
        ),
    )


@pytest.fixture
def taken(desk: Cast) -> Document:
    made = document(desk.alice, TEXT, title="A café closes")
    services.take_in(made, read_whole(), reader="test", actor=actor(desk.alice))
    return made


def test_an_outsider_sees_nothing_anywhere(desk: Cast, taken: Document) -> None:
    case = Case.objects.get()
    assert queries.case_rows(desk.charlie) == []
    assert queries.case_file(case, desk.charlie) is None
    assert queries.find_people(desk.charlie, "Tarek Oumari") == []
    assert queries.find_cases(desk.charlie, "Tarek Oumari") == []
    assert queries.statements(desk.charlie) == []
    assert queries.statements(desk.charlie, case=case) == []
    assert queries.count_statements(desk.charlie).number == 0
    assert queries.search(desk.charlie, "Tarek") == []
    assert queries.search(desk.charlie, "hunger") == []
    with pytest.raises(Document.DoesNotExist):
        queries.document_view(taken, desk.charlie)


def test_somebody_inactive_sees_nothing_either(desk: Cast, taken: Document) -> None:
    desk.bob.is_active = False
    assert queries.case_rows(desk.bob) == []
    assert queries.search(desk.bob, "Tarek") == []
    assert queries.count_statements(desk.bob).number == 0


def test_who_is_asked_for_by_a_weak_alias_is_told_to_be_one_who_may_be_meant(desk: Cast, taken: Document) -> None:
    one = Person.objects.get()
    people.add_alias(one, "Storm Bird", reason="nickname", user=desk.alice, actor=actor(desk.alice), is_weak=True)
    ((found, match),) = queries.find_people(desk.alice, "Storm Bird")
    assert (found, match.verdict) == (one, "ask")
    assert "weak alias" in match.reason


def test_two_teams_with_the_same_words_see_each_their_own(desk: Cast, taken: Document) -> None:
    theirs = document(desk.charlie, TEXT)
    services.take_in(theirs, read_whole(), reader="test", actor=actor(desk.charlie))
    ours, other = queries.search(desk.bob, "hunger strike"), queries.search(desk.charlie, "hunger strike")
    assert {found.document for found in ours if found.document} == {taken.pk}
    assert {found.document for found in other if found.document} == {theirs.pk}
    assert len(queries.find_people(desk.bob, "Tarek Oumari")) == 1
    (file,) = (queries.case_file(case, desk.bob) for case in queries.find_cases(desk.bob, "Tarek Oumari"))
    assert file is not None
    assert [d.document for d in file.documents] == [taken.pk]
    view = queries.document_view(theirs, desk.charlie)
    assert {card.case for card in view.cards} == {queries.case_rows(desk.charlie)[0].case, None}


def test_a_document_has_its_mentions_and_cards_in_text_order(desk: Cast, taken: Document) -> None:
    view = queries.document_view(taken, desk.bob)
    case = Case.objects.get().pk
    assert (view.text, view.title, view.source, view.reader) == (TEXT, "A café closes", "Basit Post", "test")
    assert [(m.name, m.case, TEXT[m.span[0] : m.span[1]]) for m in view.mentions] == [
        ("Tarek Oumari", case, "Tarek Oumari"),
        ("Hala Basiti", None, "Hala Basiti"),
    ]
    assert [card.key[0] for card in view.cards] == ["c", "s", "c", "s", "c"]
    assert [card.spans for card in view.cards] == sorted(card.spans for card in view.cards)
    for card in view.cards:
        passage = card.row.passage if card.row else card.said.passage if card.said else None
        assert passage is not None
        assert " … ".join(TEXT[start:end] for start, end in card.spans) == passage.words
    claims = [card for card in view.cards if card.row]
    assert {(card.subject, card.case) for card in claims} == {("Tarek Oumari", case)}
    warned = next(card for card in view.cards if card.said and "warn" in card.said.acts)
    assert (warned.subject, warned.case) == ("Tarek Oumari", case)
    assert warned.said is not None
    assert warned.said.condition == "if he dies"


def test_a_document_shows_its_newest_reading_and_what_was_judged(desk: Cast, taken: Document) -> None:
    services.take_in(taken, read_whole("second"), reader="second", actor=actor(desk.alice))
    view = queries.document_view(taken, desk.bob)
    assert (view.reader, len(view.cards)) == ("second", 5)
    card = next(card for card in view.cards if card.row)
    assert card.row is not None
    Judgement.objects.create(
        claim_id=card.row.claim,
        verdict="accept",
        reason="seen the paper",
        made_at=Reading.objects.earliest("pk").read_at,
        made_by=desk.bob,
    )
    again = {c.key: c for c in queries.document_view(taken, desk.alice).cards}[card.key]
    assert again.row is not None
    assert again.row.judged == "accepted"
    assert len(queries.statements(desk.bob)) == 2


def test_a_document_that_nobody_read_yet_is_shown_as_it_is(desk: Cast) -> None:
    view = queries.document_view(document(desk.alice, TEXT), desk.alice)
    assert (view.text, view.reader, view.mentions, view.cards) == (TEXT, "", (), ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"speaker": "basiti"}, 2),
        ({"speaker": "Hala BASITI"}, 2),
        ({"speaker": "Oumari"}, 0),
        ({"organisation": "daughters"}, 1),
        ({"act": "warn"}, 1),
        ({"act": "demand"}, 1),
        ({"act": "threaten"}, 0),
        ({"words": "cafe damour"}, 1),
        ({"words": "hunger"}, 1),
        ({"words": "hunger", "act": "warn"}, 0),
        ({"words": "arrested"}, 0),
    ],
)
def test_statements_are_found_by(desk: Cast, taken: Document, asked: dict[str, str], found: int) -> None:
    assert len(queries.statements(desk.bob, **asked)) == found  # type: ignore[arg-type]
    assert queries.count_statements(desk.bob, **asked).number == found  # type: ignore[arg-type]


def test_a_statement_in_the_list_says_where_it_stands_and_whom_it_is_about(desk: Cast, taken: Document) -> None:
    (one,) = queries.statements(desk.bob, act="warn")
    assert (one.title, one.language, one.said.speaker) == ("A café closes", "en", "Hala Basiti")
    assert (one.said.passage.document, one.said.passage.source) == (taken.pk, "Basit Post")
    assert [(who.name, who.case) for who in one.about] == [("Tarek Oumari", Case.objects.get().pk)]


def test_statements_of_a_case_come_newest_first_a_page_at_a_time(desk: Cast, taken: Document) -> None:
    later = document(desk.alice, TEXT + " Again.", published="2026-04-01")
    services.take_in(later, read_whole(), reader="test", actor=actor(desk.alice))
    report(desk.alice, "Danel Korvash")
    case = queries.find_cases(desk.bob, "Tarek Oumari")[0]
    listed = [one.said.passage.document for one in queries.statements(desk.bob, case=case)]
    assert listed == [later.pk, later.pk, taken.pk, taken.pk]
    page = queries.statements(desk.bob, case=case, limit=2, offset=1)
    assert [one.said.passage.document for one in page] == [later.pk, taken.pk]


def test_search_finds_people_documents_and_statements_with_the_words_lit(desk: Cast, taken: Document) -> None:
    found = queries.search(desk.bob, "CAFE damour")
    assert [one.kind for one in found] == ["document", "statement"]
    for one in found:
        assert [one.excerpt[start:end] for start, end in one.lit] == ["Café", "Damour"]
        assert (one.document, one.published) == (taken.pk, "2026-03-04")
    person, *_others = queries.search(desk.bob, "Tareq al-Oumari")
    assert (person.kind, person.title, person.case) == ("person", "Tarek Oumari", Case.objects.get().pk)
    assert queries.search(desk.bob, "Tarek nowhere") == []
    assert queries.search(desk.bob, " ") == []


@pytest.mark.parametrize(
    ("text", "words", "excerpt"),
    [
        ("اعتُقل طارق العمري أمس", "اعتقل", "اعتُقل طارق العمري أمس"),
        ("刘霞被软禁", "刘霞", "刘霞被软禁"),
        ("Γιάννης ΠΑΠΑΣ", "παπας", "Γιάννης ΠΑΠΑΣ"),
        ("가을 소식", "소식", "가을 소식"),
    ],
)
def test_search_works_in_every_script(desk: Cast, text: str, words: str, excerpt: str) -> None:
    made = document(desk.alice, text, language="")
    services.take_in(made, r.Reading(r.DocumentInfo()), reader="test", actor=actor(desk.alice))
    (found,) = queries.search(desk.alice, words)
    assert found.excerpt == excerpt
    assert found.lit


def test_an_excerpt_begins_with_a_whole_word_near_the_first_place(desk: Cast) -> None:
    made = document(desk.alice, "word " * 300 + "\n\n" + "other " * 40 + "Needle and " + "more " * 100)
    services.take_in(made, r.Reading(r.DocumentInfo()), reader="test", actor=actor(desk.alice))
    (found,) = queries.search(desk.alice, "needle")
    assert found.excerpt.startswith("other other")
    assert "Needle and more" in found.excerpt
    assert len(found.excerpt) < 300


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Tarek Oumari", "Tarek Oumari"),
        ("tarek oumari", "Tarek Oumari"),
        ("Tareq al-Oumari", "Tarek Oumari"),
        ("طارق العمري", "Tarek Oumari"),
        ("Oumari", "Tarek Oumari"),
        ("Danel", "Danel Korvash"),
        ("Hani Oumari", ""),
        ("Danel Oumari", ""),
        ("", ""),
    ],
)
def test_a_case_is_found_by_any_spelling_but_not_by_a_name_merely_alike(desk: Cast, asked: str, found: str) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Danel Korvash")
    assert [case.person.name for case in queries.find_cases(desk.bob, asked)] == ([found] if found else [])


def test_brothers_are_both_found_by_the_name_they_share(desk: Cast) -> None:
    report(desk.alice, "Hani al-Rumaili")
    report(desk.alice, "Sami al-Rumaili")
    both = {case.person.name for case in queries.find_cases(desk.bob, "Rumaili")}
    assert both == {"Hani al-Rumaili", "Sami al-Rumaili"}
    assert [case.person.name for case in queries.find_cases(desk.bob, "Sami Rumaili")] == ["Sami al-Rumaili"]


def test_a_case_file_from_what_was_known_then(desk: Cast, taken: Document) -> None:
    case = Case.objects.get()
    before = timezone.now()
    report(desk.alice, "Tarek Oumari", "{name} was freed.", kind="release", date="2026-03-20")
    now, then = queries.case_file(case, desk.bob), queries.case_file(case, desk.bob, known_at=before)
    assert now is not None
    assert then is not None
    assert (now.state.custody.state, then.state.custody.state) == ("released", "in_custody")
    assert (len(now.documents), len(then.documents)) == (2, 1)
    assert {said.speaker for said in then.statements} == {"Hala Basiti"}


def test_a_list_costs_the_same_queries_however_long_it_is(desk: Cast, taken: Document) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            queries.case_rows(desk.bob)
            queries.statements(desk.bob)
        return len(made)

    before = cost()
    for name in ("Danel Korvash", "Lamis Dourani", "Marzouq Khayyat"):
        report(desk.alice, name)
        again = document(desk.alice, TEXT + name)
        services.take_in(again, read_whole(), reader="test", actor=actor(desk.alice))
    assert cost() == before
    assert [row.name for row in queries.case_rows(desk.bob)] == sorted(
        ["Danel Korvash", "Lamis Dourani", "Marzouq Khayyat", "Tarek Oumari"]
    )


@pytest.mark.parametrize("words", ['"', "a'b", "OR AND", "x* NEAR(", "-cafe", "ca fe", "é", "cafe close", "afe damou"])
def test_search_takes_every_word_to_the_letter(desk: Cast, taken: Document, words: str) -> None:
    wanted = fold(words).split()
    expected = bool(wanted) and all(word in fold(TEXT) for word in wanted)
    assert any(found.kind == "document" for found in queries.search(desk.alice, words)) is expected


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL goes through a table of one page")
@pytest.mark.parametrize(
    ("what", "why", "index"),
    [
        ("statement", "new", "judgements_by_statement"),
        ("link", "new", "judgements_by_link"),
        ("claim", "second", "judgements_that_wait"),
        ("claim", "changed", "judgements_that_wait"),
        ("claim", "unsure", "judgements_that_wait"),
    ],
)
def test_what_waits_is_looked_up_however_much_else_is_judged(
    desk: Cast, taken: Document, what: str, why: str, index: str
) -> None:
    """Of an index that holds every row SQLite takes it that there are as many of one statement as of none."""
    told = {"claim": Claim.objects.earliest("pk"), "made_at": timezone.now(), "made_by": desk.alice}
    Judgement.objects.bulk_create(Judgement(verdict="accept", reason="", **told) for _ in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert f"USING INDEX {index}" in waiting_for(desk.alice, what, why).explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL goes through a table of one page")
def test_whether_a_judgement_was_taken_back_is_looked_up_where_none_was(desk: Cast, taken: Document) -> None:
    claim = Claim.objects.earliest("pk")
    told = {"claim": claim, "made_at": timezone.now(), "made_by": desk.alice}
    Judgement.objects.bulk_create(Judgement(verdict="accept", reason="", **told) for _ in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        rows.judgements(row for _subject, row in rows.claims(Q(pk=claim.pk), {taken.pk: taken}, {}))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
        steps = str(cursor.fetchall())
    assert "judgements_by_undoes" in steps
    assert "AUTOMATIC" not in steps
