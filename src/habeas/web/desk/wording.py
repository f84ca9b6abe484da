"""Our words for codes in the language of the interface, and the shapes that stand beside them.

The English words are those of `cases.fold.labels`, so that terminal, JSON and desk speak alike; the Arabic catalogue
(`web/locale`) has an entry for each of them, and a test holds it to that.
"""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from habeas.cases.casefile import Due, Entry, Line, Row
from habeas.cases.fold import labels

FAMILIES = ("custody", "basis", "protest", "profile")
FAMILY_OF = {
    **dict.fromkeys(("arrest", "disappearance", "detention", "transfer", "isolation"), "custody"),
    **dict.fromkeys(("denial", "ill_treatment", "release", "exchange", "deportation", "death"), "custody"),
    **dict.fromkeys(("order", "charge", "hearing", "sentence", "appeal"), "basis"),
    **dict.fromkeys(("hunger_strike", "health", "hospitalisation"), "protest"),
    "profile": "profile",
}
LINES = {"custody": "Custody", "basis": "Legal basis", "protest": "Protest and health", "profile": "Person"}
STATES = {"custody": labels.CUSTODY, "basis": labels.BASIS, "protest": labels.PROTEST}

# How full the shape beside a state is drawn: it holds, holds in part or is disputed, is over, or nothing tells.
FULL, HALF, EMPTY, UNKNOWN = "full", "half", "empty", "unknown"
FILLS = {
    **dict.fromkeys(("unknown",), UNKNOWN),
    **dict.fromkeys(("hospital", "order_suspended", "house_arrest", "suspended", "disputed", "lapsed"), HALF),
    **dict.fromkeys(("released", "exchanged", "deported", "dead", "none", "ended", "none_given"), EMPTY),
    **dict.fromkeys(("order_cancelled", "sentence_overturned"), EMPTY),
}

ACTS = {
    "state": "says",
    "support": "supports",
    "praise": "praises",
    "thank": "thanks",
    "condole": "condoles",
    "condemn": "condemns",
    "accuse": "accuses",
    "hold_responsible": "holds responsible",
    "deny": "denies",
    "confirm": "confirms",
    "demand": "demands",
    "appeal": "appeals",
    "propose": "proposes",
    "warn": "warns",
    "threaten": "threatens",
    "promise": "promises",
    "announce": "announces",
    "refuse": "refuses",
    "mediate": "mediates",
}
MANNERS = {"direct": "in their own words", "indirect": "reported", "mixed": "partly in their own words"}
JUDGED = {
    "proposed": "proposed",
    "accepted": "accepted",
    "mended": "mended",
    "rejected": "rejected",
    "unsure": "unsure",
}
ABOUT = {"date": "date", "value": "value", "place": "place", "phase": "phase", "denial": "denial"}
FOUND = {"person": "Person", "document": "Document", "statement": "Statement"}


def family(kind: str) -> str:
    """Which of the three lines a kind of claim belongs to, or "profile"; "profile" too for a kind that is not known."""
    return FAMILY_OF.get(kind, "profile")


def fill(state: str) -> str:
    """How full the shape of a state is drawn: full, half, empty or unknown."""
    return FILLS.get(state, FULL)


def line_words(line: Line) -> str:
    """The state of a line in the interface's language."""
    english = STATES.get(line.name, {}).get(line.state, "")
    return line.label or english if _english() else gettext(english or line.label)


def claim_words(row: Row) -> str:
    """What a claim says, in a few neutral words of the interface's language."""
    if _english():
        return row.label or labels.describe(row)
    words = _event(row)
    return gettext(labels.MODALITIES.get(row.modality, "{}")).format(words) if row.modality != "actual" else words


def act_words(act: str) -> str:
    """What is done by a statement: "warns", "holds responsible"."""
    return gettext(ACTS.get(act, act))


def _event(row: Row) -> str:
    value = labels.length(row.value)
    by_value = {"detention": labels.REGIMES, "denial": labels.DENIED_THINGS, "ill_treatment": labels.TREATMENT}
    if value in by_value.get(row.kind, {}):
        return gettext(by_value[row.kind][value])
    if row.kind == "profile":
        return f"{gettext(row.phase)}: {value}"
    words = gettext(labels.WORDS.get((row.kind, row.phase), f"{row.kind.replace('_', ' ')}: {row.phase}"))
    return f"{words}: {value}" if value and row.kind != "detention" else words


def _english() -> bool:
    return (get_language() or "en").startswith("en")


def entry_words(entry: Entry | Due) -> str:
    """What a line of the timeline says, in the interface's language."""
    return entry.label if _english() or not entry.rows else claim_words(entry.rows[0])
