"""What happened to whom: claims about people in detention, from the triggers of the vocabulary."""

from habeas.extraction.custody.find import find_claims

__all__ = ["find_claims"]
