"""Whom the words at a place mean: names, descriptions, pronouns; who speaks; who is held."""

from habeas.extraction.references.find import References, Resolver

__all__ = ["References", "Resolver"]
