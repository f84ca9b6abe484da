"""People, groups, organisations and places of a page, each with every mention."""

from habeas.extraction.entities.find import find_cast

__all__ = ["find_cast"]
