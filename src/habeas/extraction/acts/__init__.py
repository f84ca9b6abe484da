"""What is done by saying it: acts, target, condition, manner and outlet of a statement."""

from habeas.extraction.acts.find import find_acts

__all__ = ["find_acts"]
