"""What stored claims tell of people and of sightings that can tell people apart: fetched for many with one query."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from habeas.cases.matching import Fact
from habeas.core import listed

MOST_LINKS = 50  # of one person, the newest: they tell one person from another as well as thousands

# What of a claim tells people apart: a place, a day, and of a profile what it says (an age needs the day it was told).
_FACT = """CASE WHEN c.kind = 'profile' THEN 'profile' ELSE '' END,
    CASE WHEN c.kind = 'profile' THEN c.phase ELSE '' END, c.place,
    CASE WHEN c.earliest_on = c.latest_on THEN CAST(c.earliest_on AS text) ELSE '' END,
    CASE WHEN c.kind = 'profile' THEN CAST(c.value AS text) END,
    CASE WHEN c.kind = 'profile' THEN (SELECT d.published_on FROM cases_reading r JOIN sources_document d
        ON d.id = r.document_id WHERE r.id = c.reading_id) ELSE '' END"""
_TELLS = "c.modality = 'actual' AND (c.kind = 'profile' OR c.place <> '' OR c.earliest_on = c.latest_on)"
_OF_PEOPLE = f"""SELECT DISTINCT l.person_id, {_FACT} FROM {{numbers}} AS asked {{l}}
    JOIN cases_claim c ON c.subject_id = l.sighting_id WHERE l.verdict = 'same' AND {_TELLS}
    AND NOT EXISTS (SELECT 1 FROM cases_link n
        WHERE n.sighting_id = l.sighting_id AND n.person_id = l.person_id AND n.id > l.id)"""  # noqa: S608 - no value
_NEWEST = "cases_link", f"u.person_id = asked.value ORDER BY u.id DESC LIMIT {MOST_LINKS}"
_OF_SIGHTINGS = f"""SELECT DISTINCT c.subject_id, {_FACT} FROM {{numbers}} AS asked
    JOIN cases_claim c ON c.subject_id = asked.value WHERE {_TELLS}"""  # noqa: S608 - no value stands in it


def of_people(people: Collection[int]) -> dict[int, list[Fact]]:
    """What is told of each of these people on file, by what they were linked to last."""
    return _facts(listed.rows(_OF_PEOPLE, people, l=_NEWEST) if people else ())


def of_sightings(sightings: Collection[int]) -> dict[int, list[Fact]]:
    """What is told of each of these sightings."""
    return _facts(listed.rows(_OF_SIGHTINGS, sightings) if sightings else ())


def _facts(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for key, kind, phase, place, day, value, published in rows:
        told = json.loads(value) if value else None
        found.setdefault(key, []).append(Fact(key, kind, phase, place, day or "", told, published))
    return found
