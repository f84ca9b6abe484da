"""What a person says about the documents they take in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who takes a file in says about it; it goes before what the file says. '' where nothing."""

    source: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    title: str = ""
    original: str = ""  # the address or number of the document that it translates
