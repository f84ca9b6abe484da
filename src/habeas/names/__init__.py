"""Personal names across spellings and scripts: are two of them one person's, and which of a million is it. Pure."""

from habeas.names.compare import Match, Verdict, compare, compare_each
from habeas.names.context import Context, father_in
from habeas.names.index import Found, Index
from habeas.names.keys import asked_keys, keys
from habeas.names.parse import Name, parse
from habeas.names.text import fold as fold_name

__all__ = [
    "Context",
    "Found",
    "Index",
    "Match",
    "Name",
    "Verdict",
    "asked_keys",
    "compare",
    "compare_each",
    "father_in",
    "fold_name",
    "keys",
    "parse",
]
