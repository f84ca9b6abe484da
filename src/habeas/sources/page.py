"""What came when a page was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What came: the address asked for and the one that answered, status, headers as sent, the body unpacked.

    `request` are the headers that we sent, for the record of the exchange.
    """

    asked: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name, or ''."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), "")
