"""A reading as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.extraction.reading import Claim, Entity, Reading, Spans, Statement

WIDTH = 90  # code points of quoted words before they are cut


def as_text(reading: Reading, text: str, *, explain: bool = False) -> str:
    """Who is spoken of, who said what, what is claimed: each with its words; with `explain`, what decided a claim."""
    names = {entity.id: entity.name for entity in reading.entities}
    head = " · ".join(filter(None, (reading.document.id, reading.document.title, reading.document.published)))
    lines = [head or "Document"]
    if reading.document.note:
        lines.append(reading.document.note)
    elif not reading.document.relevant:
        lines.append("Set aside: nothing in it concerns people held in detention.")
    for title, found in (
        ("Spoken of", [line for entity in reading.entities for line in _entity(entity)]),
        ("Statements", [line for said in reading.statements for line in _statement(said, text, names)]),
        ("Claims", [line for claim in reading.claims for line in _claim(claim, text, names, explain)]),
    ):
        if found:
            lines += ["", title, *found]
    return "\n".join([*lines, ""])


def _entity(entity: Entity) -> Iterator[str]:
    times = len(entity.mentions)
    yield f"  {entity.name} ({entity.kind}, {times} mention{'s' * (times != 1)})"


def _statement(said: Statement, text: str, names: dict[str, str]) -> Iterator[str]:
    speaker = names.get(said.speaker.entity or "", "Speaker not named")
    office = ", ".join(filter(None, (said.speaker.role, said.speaker.organisation)))
    yield f"  {speaker}{f' ({office})' if office else ''}: {', '.join(said.acts)} [{said.manner}]"
    yield f"    “{_words(text, said.content)}”"
    for label, value in (
        ("to", said.target and names.get(said.target)),
        ("about", ", ".join(names.get(one, one) for one in said.about)),
        ("on condition", said.condition and _words(text, (said.condition,))),
        ("outlet", said.outlet),
    ):
        if value:
            yield f"    {label}: {value}"


def _claim(claim: Claim, text: str, names: dict[str, str], explain: bool) -> Iterator[str]:
    told = [claim.kind.replace("_", " "), claim.phase, f"({claim.modality})" if claim.modality != "actual" else ""]
    details = [str(part) for part in (claim.value, claim.date, claim.place, claim.actor) if part is not None]
    yield f"  {names.get(claim.subject, claim.subject)}: {' '.join(filter(None, told))}{_tail(details)}"
    yield f"    “{_words(text, claim.evidence)}”"
    if explain and claim.why:
        yield f"    because: {claim.why}"
        parts = ("subject", names.get(claim.subject, claim.subject)), ("date", claim.date), ("value", claim.value)
        given = (*parts, ("place", claim.place), ("actor", claim.actor), ("statement", claim.statement))
        yield f"    arguments: {'; '.join(f'{name} {part}' for name, part in given if part is not None)}"


def _tail(details: list[str]) -> str:
    return f" — {', '.join(details)}" if details else ""


def _words(text: str, spans: Spans) -> str:
    joined = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    return joined if len(joined) <= WIDTH else joined[: WIDTH - 1].rstrip() + "…"
