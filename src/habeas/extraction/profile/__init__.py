"""Who the people in detention are: age, home, work, affiliation, family and nationality."""

from habeas.extraction.profile.find import find_profile

__all__ = ["find_profile"]
