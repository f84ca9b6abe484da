"""What a person writes in place of what was read, checked before it is kept: codes, dates, values and passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from habeas import vocab
from habeas.cases.fold.orders import end_by_length
from habeas.core.errors import HabeasError
from habeas.extraction import edtf

Changes = Mapping[str, Any]

CLAIM_KEYS = ("kind", "phase", "modality", "date", "value", "place", "actor", "subject", "evidence")
STATEMENT_KEYS = (
    *("speaker", "speaker_spans", "role", "organisation", "cue_spans", "content_spans", "manner", "acts"),
    *("target", "about", "outlet", "condition"),
)
MOST = 300  # characters of a name, place or role; the columns hold no more
MOST_VALUE = 2000
_ANY_DAY = date(2001, 1, 1)


class CannotJudge(HabeasError):
    """The claim, statement or link cannot be judged like that."""


def claim(changes: Changes, text: str, kind: str = "", phase: str = "") -> dict[str, Any]:
    """The changes of a claim of that `kind` and `phase` as they are kept. Raises CannotJudge with what is wrong.

    `evidence` is spans into `text`, `subject` the key of a sighting.
    """
    _known(changes, CLAIM_KEYS)
    kept = {key: _CLAIM[key](changes[key], text) for key in CLAIM_KEYS if key in changes}
    kind = str(kept.get("kind", kind))
    _fits(kind, str(kept.get("phase", phase)))
    if "value" in kept:
        kept["value"] = value_of(kind, kept["value"])
    return kept


def statement(changes: Changes, text: str) -> dict[str, Any]:
    """The changes of a statement as they are kept; spans point into `text`. Raises CannotJudge with what is wrong."""
    _known(changes, STATEMENT_KEYS)
    return {key: _STATEMENT[key](changes[key], text) for key in STATEMENT_KEYS if key in changes}


def value_of(kind: str, value: Any) -> int | str | None:
    """The value as a claim of that kind has it; '' is none. Raises CannotJudge."""
    if value is None or value == "":
        return None
    if kind == "hunger_strike" or (isinstance(value, int) and not isinstance(value, bool)):
        return _count(value)
    told = _text(value, "", most=MOST_VALUE)
    if kind == "order" and end_by_length(_ANY_DAY, told) is None:
        raise CannotJudge(f"{told!r} is no length of an order; write it as P4M, P6W or P10D.")
    return told


def _known(changes: Changes, keys: tuple[str, ...]) -> None:
    unknown = sorted(set(changes) - set(keys))
    if unknown or not changes:
        what = f"{unknown[0]!r} cannot be put right" if unknown else "Nothing is put right"
        raise CannotJudge(f"{what}; give one or more of {', '.join(keys)}.")


def phases_of(kind: str) -> list[str]:
    """The phases that a kind of claim has. Raises CannotJudge for what is no kind of claim."""
    phases: dict[str, list[str]] = vocab.load(None, "claims")["phases"]
    if kind not in phases:
        raise CannotJudge(f"{kind[:40]!r} is no kind of claim; choose one of {', '.join(phases)}.")
    return phases[kind]


def _fits(kind: str, phase: str) -> None:
    phases = phases_of(kind)
    if phase not in phases:
        raise CannotJudge(f"{phase[:40]!r} is no phase of {kind}; choose one of {', '.join(phases)}.")


def _count(value: Any) -> int:
    told = str(value).strip()
    if not (told.isascii() and told.isdigit() and len(told) <= 6):
        raise CannotJudge(f"{told[:40]!r} is no count; write a whole number.")
    return int(told)


def _date(value: Any, _text: str) -> str:
    told = str(value or "").strip()
    if told and edtf.bounds(told) is None:
        raise CannotJudge(f"{told[:40]!r} is no date; write 2026-03-09, 2026-03, 2026 or 2026-03-09/2026-03-12.")
    return told


def _text(value: Any, _text: str, *, most: int = MOST) -> str:
    told = " ".join(str(value or "").split())
    if len(told) > most:
        raise CannotJudge(f"That is {len(told)} characters long; {most} is the most.")
    return told


def _spans(value: Any, text: str) -> list[list[int]]:
    try:
        spans = sorted([int(start), int(end)] for start, end in value)
    except (TypeError, ValueError) as fault:
        raise CannotJudge("The places in the text are pairs of numbers: start and end.") from fault
    ends = [0, *(end for _start, end in spans)]
    whole = all(before <= start < end <= len(text) for before, (start, end) in zip(ends, spans, strict=False))
    if not spans or not whole or not all(text[start:end].strip() for start, end in spans):
        raise CannotJudge("Choose words that stand in the document; every claim needs its passage.")
    return spans


def _any_spans(value: Any, text: str) -> list[list[int]]:
    return _spans(value, text) if value else []


def _span(value: Any, text: str) -> list[int] | None:
    return _spans([value], text)[0] if value else None


def _one_of(name: str) -> Callable[[Any, str], str]:
    def check(value: Any, _text: str) -> str:
        codes = vocab.load(None, "claims")[name]
        if value not in codes:
            raise CannotJudge(f"{str(value)[:40]!r} is none of {', '.join(codes)}.")
        return str(value)

    return check


def _acts(value: Any, text: str) -> list[str]:
    acts = [value] if isinstance(value, str) else list(value or ())
    if not acts:
        raise CannotJudge("A statement has at least one act; `state` is the plainest.")
    return [_one_of("acts")(act, text) for act in dict.fromkeys(acts)]


def _key(value: Any, _text: str) -> int:
    """The key of a sighting; whose reading it is of is looked up where it is kept."""
    if not isinstance(value, bool) and isinstance(value, int):
        return int(value)
    raise CannotJudge("Say whom it is about by the key of somebody whom the document names.")


def _keys(value: Any, text: str) -> list[int]:
    return [_key(one, text) for one in dict.fromkeys(value or ())]


def _code(value: Any, _text: str) -> str:
    return str(value or "")


def _as_it_is(value: Any, _text: str) -> Any:
    return value  # what it may be hangs on the kind: `value_of`


_CLAIM: dict[str, Callable[[Any, str], Any]] = {
    "kind": _code,
    "phase": _code,
    "modality": _one_of("modalities"),
    "date": _date,
    "value": _as_it_is,
    "place": _text,
    "actor": _text,
    "subject": _key,
    "evidence": _spans,
}
_STATEMENT: dict[str, Callable[[Any, str], Any]] = {
    "speaker": lambda value, text: None if value is None else _key(value, text),
    "speaker_spans": _any_spans,
    "role": _text,
    "organisation": _text,
    "cue_spans": _any_spans,
    "content_spans": _spans,
    "manner": _one_of("manners"),
    "acts": _acts,
    "target": lambda value, text: None if value is None else _key(value, text),
    "about": _keys,
    "outlet": _text,
    "condition": _span,
}
