"""The base of every error that is one plain sentence for the person who meets it."""


class HabeasError(Exception):
    """Something was asked for that cannot be done; the message says what is wrong and what to do."""


class NotThere(HabeasError):
    """There is nothing of that kind here; the same is said where there is, and whoever asks may not see it."""
