"""Text in, `Reading` out. Pure: no Django, no network, no database, no clock; the same text gives the same reading."""
