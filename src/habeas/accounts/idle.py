"""A desk that nobody touches locks itself."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

SEEN = "seen_at"  # the session's key: seconds since 1970 at which its owner last did something
PARTS = 10  # the session is written once in such a part of the time, not at every page


@receiver(user_logged_in)
def begin(request: HttpRequest | None, **_told: object) -> None:
    """The time begins to run when somebody signs in."""
    if request is not None and hasattr(request, "session"):
        request.session[SEEN] = time.time()


class LockWhenIdle:
    """Signs out whoever did nothing for `settings.IDLE_MINUTES`; what they see next is the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, to nobody in particular where the owner of the session was away for too long."""
        if request.user.is_authenticated:
            now, limit = time.time(), settings.IDLE_MINUTES * 60
            seen = float(request.session.get(SEEN, now - limit / PARTS))
            if now - seen > limit:
                logout(request)
            elif now - seen >= limit / PARTS:
                request.session[SEEN] = now
        return self.get_response(request)
