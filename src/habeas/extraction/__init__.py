"""Text in, `Reading` out. Pure: no Django, no network, no database, no clock; the same text gives the same reading."""

from habeas.extraction.read import read
from habeas.extraction.reading import Reading, from_json, to_json

READER = "model-1"
"""The version of the reader: it changes whenever the same text may be read differently."""

__all__ = ["READER", "Reading", "from_json", "read", "to_json"]
