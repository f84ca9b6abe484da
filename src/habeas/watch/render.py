"""Alerts and clocks as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.watch.queries import Notice


def to_text(notices: Iterable[Notice]) -> str:
    """The notices, each with its reasons and their words; empty where there are none."""
    return "".join(f"{line}\n" for notice in notices for line in _lines(notice))


def _lines(notice: Notice) -> Iterator[str]:
    yield f"{notice.due_on}  {notice.name}: {notice.label}{' (day worked out, not stated)' if notice.estimated else ''}"
    for reason in notice.reasons:
        where = ", ".join(part for part in (reason.source, reason.published) if part)
        words = reason.words if reason.words.startswith(("“", '"', "«")) else f"“{reason.words}”"
        yield f"    {reason.label}: {words} ({where})" if reason.words else f"    {reason.label}"
    if notice.ask:
        yield f"    To find out: {notice.ask}"
    yield f"    {notice.caution}"
