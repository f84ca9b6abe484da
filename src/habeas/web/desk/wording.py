"""Our words for codes in the language of the interface, and the shapes that stand beside them.

The English words are those of `cases.fold.labels`, so that terminal, JSON and desk speak alike; the Arabic catalogue
(`web/locale`) has an entry for each of them, and a test holds it to that.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

from habeas.cases.casefile import Due, Entry, Line, Row
from habeas.cases.fold import labels
from habeas.extraction import edtf
from habeas.web.desk import phrases
from habeas.web.desk.edtf_words import in_words

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
JUDGED = {"accepted": "accepted", "mended": "mended", "rejected": "rejected", "unsure": "unsure"}
SIDES = {"so": "told", "not so": "denied"}
BESIDE = {"denied": "an authority or other source denies it"}
VERDICTS = {"same": "the same person", "different": "somebody else", "ask": "somebody should look"}
_DENIED = re.compile(rf"(.+) \(({BESIDE['denied']})\)")


def family(kind: str) -> str:
    """Which of the three lines a kind of claim belongs to, or "profile"; "profile" too for a kind that is not known."""
    return FAMILY_OF.get(kind, "profile")


def fill(state: str) -> str:
    """How full the shape of a state is drawn: full, half, empty or unknown."""
    return FILLS.get(state, FULL)


def line_words(line: Line) -> str:
    """The state of a line in the interface's language."""
    return phrases.in_interface(line.label or STATES.get(line.name, {}).get(line.state, ""))


def side_words(holds: str) -> str:
    """What one side of a conflict holds: a date, a phrase of ours, or a word of a source."""
    return in_words(holds) if edtf.is_edtf(holds) else phrases.in_interface(SIDES.get(holds, holds))


def line_parts(line: Line) -> list[str]:
    """The state of a line, then what is told beside it: that it is denied, the state of health."""
    if not line.label:
        return [line_words(line)]
    told = [part for whole in line.label.split("; ") for part in _DENIED.sub(r"\1; \2", whole).split("; ")]
    return [phrases.in_interface(part) for part in told]


def claim_words(row: Row) -> str:
    """What a claim says, in a few neutral words of the interface's language."""
    return phrases.in_interface(row.label or labels.describe(row))


def act_words(act: str) -> str:
    """What is done by a statement: "warns", "holds responsible"."""
    return gettext(ACTS.get(act, act))


def entry_words(entry: Entry | Due) -> str:
    """What a line of the timeline says, in the interface's language."""
    return phrases.in_interface(entry.label)
