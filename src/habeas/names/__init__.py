"""Are these two names one person, and which of a million is it? Pure: no Django, no network, no database."""
