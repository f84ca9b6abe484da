"""Burmese syllables in the Latin letters that Burmese names are spelled with."""

from __future__ import annotations


def romanise_burmese(text: str) -> str:
    """`text` with its Burmese syllables romanised, a space between two syllables."""
    return text
