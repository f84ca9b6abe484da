"""What a page behind the sign-in is given, and what it may be asked."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from habeas.accounts.models import User

LONGEST = 200
PART = "Desk-Part"  # the header by which desk.js asks for the foot of a card alone


class DeskRequest(HttpRequest):
    """A request by somebody who is signed in: `LoginRequiredMiddleware` lets no other through to a page."""

    user: User


def asked(request: DeskRequest, name: str) -> str:
    """What the address asks under that name, trimmed; "" for nothing. Text that nobody types is a bad request (400)."""
    value = request.GET.get(name, "").strip()
    if len(value) > LONGEST or not value.isprintable():
        raise SuspiciousOperation("A part of the address is too long or holds control characters.")
    return value
