"""Small inline pictures: shapes of the three lines, signs of the desk. None is the only bearer of a meaning."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

OUTLINES = {
    "custody": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5"{}/>',
    "basis": '<path d="M8 1.2 14.8 8 8 14.8 1.2 8z"{}/>',
    "protest": '<circle cx="8" cy="8" r="6"{}/>',
    "profile": '<path d="M2.5 14c.3-3.6 2.4-5 5.5-5s5.2 1.4 5.5 5z M8 2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z"{}/>',
    "statement": '<path d="M2 3h12v8H7l-3.5 3v-3H2z"{}/>',
}
HALVES = {
    "custody": '<path d="M2.5 8h11v4a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12z" class="ink"/>',
    "basis": '<path d="M1.2 8h13.6L8 14.8z" class="ink"/>',
    "protest": '<path d="M2 8a6 6 0 0 0 12 0z" class="ink"/>',
}
SIGNS = {
    "mark": '<rect width="24" height="24" rx="5" class="mark-ground"/><path d="M15.5 5H6.5v14h9" class="mark-wall"/>'
    '<circle cx="16.6" cy="12" r="2.4" class="mark-body"/>',
    "find": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.6-4.4 3.3-6.5 7.5-6.5s6.9 2.1 7.5 6.5"/>',
    "conflict": '<path d="M4 9h16M4 15h16M16 4 8 20"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l4 2.5"/>',
    "words": '<path d="M4 6h16M4 12h16M4 18h9"/>',
}


def shape(line: str, fill: str) -> SafeString:
    """The shape of a line or card (16 by 16); `fill` is full, half, empty or unknown."""
    outline = OUTLINES.get(line, OUTLINES["profile"]).format(f' class="{"ink" if fill == "full" else "rim"}"')
    half = HALVES.get(line, "") if fill == "half" else ""
    return _svg(f"shape f-{line} is-{fill}", 16, outline + half)


def icon(name: str) -> SafeString:
    """One of the signs (24 by 24). Raises KeyError for a name that is not there."""
    return _svg(f"sign sign-{name}", 24, SIGNS[name])


def _svg(classes: str, size: int, inside: str) -> SafeString:
    return mark_safe(  # noqa: S308 - made of the constants above
        f'<svg class="{classes}" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">{inside}</svg>'
    )
