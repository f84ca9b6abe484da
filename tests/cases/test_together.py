"""Readings that are taken in together come to the same as one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cast import Cast, actor, cast, document
from habeas.accounts.models import User
from habeas.audit import checks
from habeas.cases import news, services
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Link, PersonName, SearchText, Telling
from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Speaker, Statement

NAMES = ("Tarek Oumari", "Tareq al-Oumari", "Salma Benhadi", "Oumari", "Tarek", "Nabil Sefrawi", "Nabil Sefraoui")
KINDS = ("arrest", "release", "profile")
WORDS = ("They told us nothing of where he was taken to", "We hold the prison service responsible for the life of ours")

_reports = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.sampled_from(KINDS),
        st.sampled_from(("actual", "demanded")),
        st.sampled_from(WORDS),
        st.sampled_from(("2026-03-02", "2026-03-05")),
    ),
    min_size=2,
    max_size=6,
)
Told = tuple[list[str], str, str, str, str]


def read(told: Told) -> tuple[str, Reading]:
    names, kind, modality, words, day = told
    text = f"{' and '.join(names)}. {words}."
    spans = {name: ((text.index(name), text.index(name) + len(name)),) for name in names}
    at = text.index(words)
    return text, Reading(
        DocumentInfo(),
        entities=tuple(Entity(f"e{n}", "person", name, spans[name]) for n, name in enumerate(names)),
        statements=(Statement("s1", Speaker((), "e0"), (), ((at, at + len(words)),), "direct", about=("e0",)),),
        claims=(Claim("c1", f"e{len(names) - 1}", kind, "done", modality, ((0, at),), day, place="Selm"),),  # type: ignore[arg-type]
    )


def apart(user: User, reports: list[Told]) -> None:
    for told in reports:
        text, reading = read(told)
        services.take_in(document(user, text), reading, reader="test", actor=actor(user))


def together(user: User, reports: list[Told]) -> None:
    found = [(document(user, text), reading) for text, reading in map(read, reports)]
    services.take_in_all(found, reader="test", actor=actor(user))


def what_is_known(user: User) -> list[Sequence[object]]:
    """What was taken in for the user's team, in words: keys differ from team to team."""
    of = {"team__membership__user": user}
    cases = Case.objects.filter(**of).order_by("pk")
    links = Link.objects.filter(person__case__in=cases).order_by("sighting", "person")
    known = PersonName.objects.filter(person__case__in=cases).order_by("person", "name__folded")
    first = dict(zip(cases.values_list("person", flat=True), range(100), strict=False))
    tellings = Telling.objects.filter(document__team__membership__user=user).order_by("pk")
    number = {telling.pk: n for n, telling in enumerate(tellings)}
    return [
        list(cases.values_list("person__name", flat=True)),
        [
            (link.sighting.name, first[link.person_id], link.verdict, round(link.score, 6), link.reason)
            for link in links
        ],
        [(first[one.person_id], one.name.folded) for one in known.select_related("name")],
        [number.get(telling.first_id or 0) for telling in tellings],
        sorted(SearchText.objects.filter(document__team__membership__user=user).values_list("folded", flat=True)),
    ]


class TogetherTest(TestCase):
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(reports=_reports)
    def test_together_comes_to_the_same_as_one_after_another(self, reports: list[Told]) -> None:
        people: Cast = cast()
        ways: list[tuple[User, Callable[[User, list[Told]], None]]] = [
            (people.alice, apart),
            (people.charlie, together),
        ]
        unlike = [told for n, told in enumerate(reports) if read(told)[0] not in {read(one)[0] for one in reports[:n]}]
        for user, take in ways:
            take(user, unlike)
        assert what_is_known(people.alice) == what_is_known(people.charlie)
        assert list(checks.faults(SEALED)) == []
        assert list(news.faults()) == []

    def test_the_same_document_twice_is_read_once(self) -> None:
        people = cast()
        text, reading = read(([NAMES[0]], "arrest", "actual", WORDS[0], "2026-03-02"))
        made = document(people.alice, text)
        first, again = services.take_in_all([(made, reading)] * 2, reader="test", actor=actor(people.alice))
        assert (first.is_new, again.is_new) == (True, False)
        assert first.reading == again.reading
        assert services.take_in_all([], reader="test", actor=actor(people.alice)) == []
