"""The terms of a plan as `vocab/plan.toml` has them. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habeas.advocacy.errors import PlanError
from habeas.vocab import load


def table(name: str) -> Mapping[str, Any]:
    """One table of `vocab/plan.toml`, such as "tracks": label by code. KeyError for an unknown name."""
    found: Mapping[str, Any] = load(None, "plan")[name]
    return found


def labels(name: str) -> dict[str, str]:
    """The English label of each code of a table, in the order of the file."""
    return {code: term if isinstance(term, str) else term["label"] for code, term in table(name).items()}


def must_be(name: str, code: str, what: str) -> str:
    """The code, where the table has it. Raises PlanError; `what` names the field for the person who chose."""
    if code not in table(name):
        raise PlanError(f"{what} is not on the list; choose one of: {', '.join(labels(name).values())}.")
    return code


def margin(name: str) -> int:
    """One of our own margins, such as the days after which a partner counts as silent."""
    return int(table("margins")[name])


def huridocs(name: str, code: str) -> str:
    """List and code of the HURIDOCS micro-thesauri that say the same, as in "20/0102"; "" where none does."""
    known: Mapping[str, str] = table("huridocs")[name]
    return f"{known['list']}/{known[code]}" if code in known else ""
