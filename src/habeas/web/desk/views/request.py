"""What a page behind the sign-in is given."""

from __future__ import annotations

from django.http import HttpRequest

from habeas.accounts.models import User


class DeskRequest(HttpRequest):
    """A request by somebody who is signed in: `LoginRequiredMiddleware` lets no other through to a page."""

    user: User
