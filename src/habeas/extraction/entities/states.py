"""Capitals that act as their state: "Ankara" for Turkey."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from habeas import vocab
from habeas.extraction.cast import Cast, Member
from habeas.extraction.text import folded


def acting(cast: Cast, member: Member) -> Member:
    """The country that a capital speaks or is spoken to for, where the page names it; the member itself otherwise."""
    countries = _capitals().get(folded(member.name)) if member.kind == "place" else None
    if not countries:
        return member
    return next((one for one in cast if one.kind == "place" and folded(one.name) in countries), member)


@cache
def _capitals() -> Mapping[str, frozenset[str]]:
    """Capital -> its country under every name, folded."""
    places = vocab.load("en", "places")
    other = {folded(name): frozenset(map(folded, names)) for name, names in places["other_names"].items()}
    return {
        folded(capital): frozenset([folded(country)]) | other.get(folded(country), frozenset())
        for capital, country in places["capitals"].items()
    }
