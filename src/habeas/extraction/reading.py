"""What a reading is: frozen values with spans, and their JSON.

A span is a half-open `(start, end)` pair of Unicode code points into the document's text exactly as it was given. A
span list is in reading order and may have gaps. `docs/reading.md` defines every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

EntityKind = Literal["person", "group", "organisation", "place"]
Manner = Literal["direct", "indirect", "mixed"]
Modality = Literal["actual", "alleged", "planned", "demanded", "denied", "hypothetical"]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document before it is read.

    `published` is an ISO date or None; `language` a BCP 47 tag or None. `relevant` is False where the reader set the
    text aside as having nothing to do with detention; `note` is one plain sentence where something could not be read.
    """

    id: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    relevant: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something spoken of: its fullest name in the document, and every span that means it."""

    id: str
    kind: EntityKind
    name: str
    mentions: Spans


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the words that name them, the entity they are, and role and organisation as text."""

    spans: Spans = ()
    entity: str | None = None
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One speaker, one cue, one stretch of content that belongs together."""

    id: str
    speaker: Speaker
    cue: Spans
    content: Spans
    manner: Manner
    acts: tuple[str, ...] = ("state",)
    target: str | None = None
    about: tuple[str, ...] = ()
    outlet: str | None = None
    condition: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion about one subject: an event that happened or a state that holds, with the words it stands in.

    `date` is EDTF level 1 or None; `value` an integer, text or None as the kind asks; `why` names what decided, for
    people who ask how a claim came about (trigger, rule or model).
    """

    id: str
    subject: str
    kind: str
    phase: str
    modality: Modality
    evidence: Spans
    date: str | None = None
    value: str | int | None = None
    place: str | None = None
    actor: str | None = None
    statement: str | None = None
    why: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one document. Statements and claims are in text order."""

    document: DocumentInfo
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id. Raises KeyError where the reading has none."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON values, every key present, span tuples as lists."""
    out = asdict(reading)
    for statement in out["statements"]:
        statement["cue"] = {"spans": statement["cue"]}
        statement["content"] = {"spans": statement["content"]}
    listed = _listed(out)
    assert isinstance(listed, dict)  # noqa: S101 - a mapping stays a mapping
    return listed


def from_json(data: Mapping[str, Any]) -> Reading:
    """The reading that `to_json` wrote. Unknown keys are ignored; a missing required key raises KeyError."""
    return Reading(
        document=DocumentInfo(**_known(DocumentInfo, data["document"])),
        entities=tuple(
            Entity(id=e["id"], kind=e["kind"], name=e["name"], mentions=_spans(e["mentions"])) for e in data["entities"]
        ),
        statements=tuple(_statement(s) for s in data["statements"]),
        claims=tuple(Claim(**{**_known(Claim, c), "evidence": _spans(c["evidence"])}) for c in data["claims"]),
    )


def _statement(data: Mapping[str, Any]) -> Statement:
    values = _known(Statement, data)
    speaker = _known(Speaker, data["speaker"])
    values.update(
        speaker=Speaker(**{**speaker, "spans": _spans(speaker.get("spans", ()))}),
        cue=_spans(data["cue"]["spans"]),
        content=_spans(data["content"]["spans"]),
        acts=tuple(data["acts"]),
        about=tuple(data["about"]),
        condition=tuple(data["condition"]) if data["condition"] else None,
    )
    return Statement(**values)


def _known(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key in kind.__dataclass_fields__}  # type: ignore[attr-defined]


def _spans(pairs: Any) -> Spans:
    return tuple((int(start), int(end)) for start, end in pairs)


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value
