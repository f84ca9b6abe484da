"""Habeas: sourced case files for people held in detention.

`habeas.extraction`, `habeas.names` and `habeas.vocab` are pure libraries and useful alone; the rest is a desk built on
them. `docs/structure.md` says which room holds what.
"""

__version__ = "0.1.0"
