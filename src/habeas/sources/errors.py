"""What can be wrong with a file that is to become a document."""

from habeas.core.errors import HabeasError


class SourcesError(HabeasError):
    """The document cannot be taken in."""


class NothingThere(SourcesError):
    """The path does not exist or holds nothing to read."""


class TooLarge(SourcesError):
    """The file is larger than Habeas takes in."""


class UnreadableFile(SourcesError):
    """The file is not text, HTML, PDF or JSON lines, or is broken."""


class BadOption(SourcesError):
    """An option has a value that cannot be used."""


class Unfinished(SourcesError):
    """There was no time for all of a file; its first `parts` were gone through."""

    def __init__(self, parts: int) -> None:
        super().__init__("There was no time for all of it in this round; the rest is taken in in the next.")
        self.parts = parts
