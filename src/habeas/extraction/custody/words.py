"""The vocabulary of claims, read from `vocab/<language>/custody*.toml`.

A trigger's expressions are compiled when a sentence first has the words that they need; most texts need few of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from habeas import vocab
from habeas.extraction.places import Places
from habeas.extraction.ways import Form, Ways, form_of, is_signed, ways_of

FILES = (
    "custody_taking",
    "custody_held",
    "custody_moves",
    "custody_orders",
    "custody_charges",
    "custody_sentences",
    "custody_strikes",
    "custody_fasting",
    "custody_health",
    "custody_illness",
    "custody_body",
    "custody_withheld",
    "custody_release",
    "custody_ending",
    "custody_seized",
    "custody_remand",
    "custody_trials",
    "custody_verdicts",
    "custody_bail",
    "custody_journeys",
    "custody_sheets",
    "custody_rulings",
    "custody_turns",
    "custody_plain",
)
Slot = str
_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event, and where to look for whom it happened to.

    `claims` are (kind, phase, value or None); `who` the places to look in, best first; `modality` is set where the
    words themselves decide it; `name` is how the trigger is called in explanations.
    """

    name: str
    claims: tuple[tuple[str, str, str | None], ...]
    who: tuple[Slot, ...]
    pattern: Callable[[], re.Pattern[str]]  # for a sentence in small letters, unless it ignores case itself
    ways: Ways  # in which it can match
    signed: bool  # whether a match can begin with a space or a mark before its first word
    needs: Callable[[], re.Pattern[str]] | None = None
    unless: Callable[[], re.Pattern[str]] | None = None
    modality: str | None = None
    inner: bool = True  # cues of modality inside the match count
    known: bool = False
    nominal: bool = False  # tells of the thing, not of its moment: "a five-year sentence"
    document: re.Pattern[str] | None = None
    examples: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # sentences that mean something else: the trigger has to find nothing in them


@dataclass(frozen=True, slots=True)
class Cue:
    """Words beside a trigger that change how the event is told."""

    modality: str
    pattern: re.Pattern[str]
    kinds: frozenset[str] | None
    tight: bool = False  # only right before the trigger


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the rules of one language read."""

    triggers: tuple[Trigger, ...]
    places: Places  # where in a sentence each trigger can begin, by its number
    before: tuple[Cue, ...]
    after: tuple[Cue, ...]
    doubt: re.Pattern[str]
    denial: re.Pattern[str]
    demand: re.Pattern[str]
    echo: re.Pattern[str]
    pronouns: re.Pattern[str]
    anaphors: re.Pattern[str]
    bystanders: re.Pattern[str]
    others_after: re.Pattern[str]
    others_before: re.Pattern[str]
    tied_before: re.Pattern[str]  # a name after it tells only whose relative or friend somebody is
    tied_after: re.Pattern[str]  # what may stand from a name to a trigger; the group "tie": "'s brother"
    person_nouns: re.Pattern[str]
    values: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    fiction: re.Pattern[str]
    free_strike: re.Pattern[str]
    elsewhere: re.Pattern[str]
    borrowed: re.Pattern[str]
    custody: re.Pattern[str]
    administrative: re.Pattern[str]
    passing: re.Pattern[str]  # what a sentence says in passing; quotation marks are the groups `open` and `close`


@cache
def words(language: str = "en") -> Words:
    """The compiled vocabulary of a language. Raises `habeas.vocab`'s error where the files are missing."""
    common = vocab.load(language, "custody")
    macros: dict[str, str] = {}
    for name, text in common["macros"].items():
        macros[name] = _expand(_LINES.sub("", text.strip()), macros)
    rows = _rows(language)
    forms = _forms([row for _, _, row in rows], common["macros"])
    triggers = [_trigger(*row, macros, form) for row, form in zip(rows, forms, strict=True)]
    modality, people = common["modality"], common["people"]
    others, ties = (_LINES.sub("", people[name]) for name in ("others", "ties"))
    return Words(
        triggers=tuple(triggers),
        places=Places(trigger.ways for trigger in triggers),
        before=tuple(_cue(row, macros) for row in modality["before"]),
        after=tuple(_cue(row, macros) for row in modality["after"]),
        doubt=_compile(modality["doubt"], macros),
        denial=_compile(modality["denial"], macros),
        demand=_compile(modality["demand"], macros),
        echo=_compile(modality["echo"], macros),
        pronouns=_compile(people["pronouns"], macros),
        anaphors=_compile(people["anaphors"], macros),
        bystanders=_compile(rf"(?:[\w'-]+ )*(?:{people['bystanders']})", macros),
        others_after=_compile(rf"(?:[\w-]+ )?(?:{people['others']})\b", macros, edged=False),
        others_before=re.compile(rf"\b(?:{others})\s+(?:of|to|for)\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}$", re.I),
        tied_before=re.compile(rf"\b(?:{ties})\s+of\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}$", re.I),
        tied_after=re.compile(
            rf"(?P<tie>'s?\s+(?:[\w-]+\s+){{0,2}}(?:{ties})\b)?[\s,]*(?:(?:was|were|is|are|has|have|had|been|be|being)\s+)*",
            re.I,
        ),
        person_nouns=_compile(people["nouns"], macros),
        values={
            kind: tuple((value, _compile(text, macros)) for value, text in table.items())
            for kind, table in common["values"].items()
        },
        fiction=_compile(common["fiction"], macros),
        free_strike=_compile(common["free_strike"], macros),
        elsewhere=_compile(common["elsewhere"], macros),
        borrowed=_compile(common["borrowed"], macros),
        custody=_compile(common["custody"], macros),
        administrative=_compile(common["administrative"], macros),
        passing=_compile(common["passing"], macros, edged=False),
    )


def _rows(language: str) -> list[tuple[str, int, Mapping[str, Any]]]:
    """Kind, number within the kind, and table of every trigger; a kind may go on in another file."""
    last: Counter[str] = Counter()
    rows = []
    for file in FILES:
        for kind, table in vocab.load(language, file).items():
            for row in table["trigger"]:
                last[kind] += 1
                rows.append((kind, last[kind], row))
    return rows


def _forms(rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> list[Form]:
    """What each trigger matches, as far as its words tell."""
    macros: dict[str, Form] = {}
    for name, text in texts.items():
        macros[f"<{name}>"] = form_of(_LINES.sub("", text.strip()), macros, part=True)
    return [form_of(_LINES.sub("", _match(row).strip()), macros) for row in rows]


def _match(row: Mapping[str, Any]) -> str:
    """The expression of a trigger: `match`, or the two parts of `pair` in either order with some words between."""
    if "match" in row:
        return str(row["match"])
    first, second = (_LINES.sub("", part.strip()) for part in row["pair"])
    gap = rf"(?:,? [\w'-]+){{0,{row.get('within', 5)}}}?,? "
    either = f"(?:{first}){gap}(?:{second})", f"(?:{second}){gap}(?:{first})".replace("(?<text>", "(?<text2>")
    return f"(?:{either[0]}|{either[1]})"


def lowered(text: str) -> str:
    """The text in small letters, as long as before: a letter that would grow stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _expand(text: str, macros: Mapping[str, str]) -> str:
    return re.sub(r"<([a-z_]+)>", lambda m: macros[m.group(1)] if m.group(1) in macros else m.group(), text)


def _compile(text: str, macros: Mapping[str, str], *, edged: bool = True) -> re.Pattern[str]:
    """Line breaks are layout; a space matches a run of spaces; `(?<at>` names a group as in other dialects."""
    return re.compile(_text(text, macros) if edged else _flat(text, macros), re.IGNORECASE)


def _text(text: str, macros: Mapping[str, str]) -> str:
    return rf"(?:(?<![\w-])|(?=\W))(?:{_flat(text, macros)})(?!(?<=\w)\w)"


_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")


def _fast(text: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern for a sentence in small letters, several times faster; one that ignores case where it has to."""
    if "(?-i:" in _flat(text, macros):
        return _compile(text, macros)
    small = _CAPITAL.sub(lambda m: m.group() if len(m.group()) > 1 else m.group().lower(), _text(text, macros))
    return re.compile(small)


def _flat(text: str, macros: Mapping[str, str]) -> str:
    flat = _expand(_LINES.sub("", text.strip()), macros).replace("(?<", "(?P<").replace("(?P<=", "(?<=")
    return flat.replace("(?P<!", "(?<!")


def _trigger(kind: str, number: int, row: Mapping[str, Any], macros: Mapping[str, str], form: Form) -> Trigger:
    claims = [_claim(kind, text) for text in row["claims"]]
    who = row.get("who", "before")
    return Trigger(
        name=f"{kind}.{number}",
        claims=tuple(claims),
        who=(who,) if isinstance(who, str) else tuple(who),
        pattern=cache(partial(_fast, _match(row), macros)),
        ways=ways_of(form),
        signed=is_signed(form),
        needs=cache(partial(_compile, row["needs"], macros)) if "needs" in row else None,
        unless=cache(partial(_compile, row["unless"], macros)) if "unless" in row else None,
        modality=row.get("modality"),
        inner=row.get("inner", True),
        known=row.get("known", False),
        nominal=row.get("nominal", False),
        document=_compile(row["document"], macros) if "document" in row else None,
        examples=tuple(row["examples"]),
        others=tuple(row.get("others", ())),
    )


def _claim(kind: str, text: str) -> tuple[str, str, str | None]:
    what, _, value = text.partition("=")
    kind, phase = what.split("/") if "/" in what else (kind, what)
    return kind, phase, value or None


def _cue(row: Mapping[str, Any], macros: Mapping[str, str]) -> Cue:
    kinds = frozenset(row["kinds"]) if "kinds" in row else None
    return Cue(row["modality"], _compile(row["match"], macros), kinds, row.get("tight", False))
