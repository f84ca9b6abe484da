"""Desks filled with invented people, for tests of pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cast import Cast, actor, document, report
from habeas.cases import services
from habeas.cases.models import Case, Link, Sighting
from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Speaker, Statement
from habeas.sources.models import Document


def spoken(people: Cast, speaker: str, words: str, kind: str = "person", **more: Any) -> Document:
    """A report in which `speaker` says `words` about Tarek Oumari, who is held."""
    text = f"Tarek Oumari is held. {speaker} said {words}."
    made = document(
        people.alice, text, source=more.pop("source", "Basit Post"), published=more.pop("published", "2026-03-04")
    )
    at, said = text.index(speaker), text.rindex(words)
    who = {key: more.pop(key) for key in ("role", "organisation") if key in more}
    values = {"manner": "indirect", "acts": ("demand",), "about": ("e1",), **more}
    content = ((said, said + len(words)),)
    statement = Statement("s1", Speaker(((at, at + len(speaker)),), "e2", **who), cue=(), content=content, **values)
    entities = (
        Entity("e1", "person", "Tarek Oumari", ((0, 12),)),
        Entity("e2", kind, speaker, ((at, at + len(speaker)),)),
    )
    held = Claim(id="c1", subject="e1", kind="detention", phase="ongoing", modality="actual", evidence=((0, 20),))
    reading = Reading(DocumentInfo(), entities=entities, statements=(statement,), claims=(held,))
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    return made


def asked(people: Cast) -> Link:
    """A name of a second report that may be that of Tarek Oumari, who is on file."""
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Oumari Hani Saffar", "{name} was moved to Basit.", kind="transfer", phase="done")
    return Link.objects.create(
        sighting=Sighting.objects.latest("pk"),
        person=Case.objects.get(person__name="Tarek Oumari").person,
        verdict="ask",
        score=0.5,
        reason="one part of the name agrees",
        made_at=timezone.now(),
        made_by="names",
    )


def case_of_oumari(people: Cast) -> Case:
    """Tarek Oumari: arrested, held under an order whose end nobody states, moved, on hunger strike; six reports."""
    report(people.alice, "Tarek Oumari", "{name} was arrested on 2 March.", date="2026-03-02")
    for day, kind, phase, value in (
        ("2026-03-05", "order", "issued", "P4M"),
        ("2026-03-10", "hunger_strike", "start", None),
        ("2026-04-10", "hunger_strike", "ongoing", 32),
        ("2026-04-11", "health", "ongoing", "stable"),
        ("2026-03-06", "transfer", "done", None),
    ):
        values = {"value": value, "place": "Jabal Sawan" if kind == "transfer" else ""}
        report(
            people.alice, "Tarek Oumari", "{name}: " + f"{kind} {phase}.", kind=kind, phase=phase, date=day, **values
        )
    return Case.objects.get(person__name="Tarek Oumari")


def full(people: Cast) -> Case:
    """That case with a conflict, statements, a text in Arabic and one that holds nothing."""
    case = case_of_oumari(people)
    report(people.alice, "Tarek Oumari", "{name} was arrested on 9 March.", date="2026-03-09")
    report(people.alice, "Tarek Oumari", "{name} was taken from his house.", date="2026-03-02")
    spoken(people, "Salma Benhadi", "that he be freed", role="lawyer", organisation="Basit Legal")
    document(people.alice, "أُفرج عن طارق يوم 5 مارس، بحسب Basit Post.", language="ar", title="خبر")
    return case
