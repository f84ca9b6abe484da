"""How much a browser may hand over at once: told before anything of it is kept, and to strangers before it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

DRAINED = 20  # times the limit: so much is read and dropped, so that the browser listens to the answer
PIECE = 1 << 20
OF_A_STRANGER = 100_000  # bytes: a name and a password, or the answer of a security key


class LittleFromStrangers:
    """Refuses whatever large is sent by nobody who is signed in, unread, by the length that it announces.

    It stands before a desk locks itself: whoever was away for too long is led to the sign-in page with what they sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 with what to do, or the answer as it is."""
        if not _is_much(request.META) or request.user.is_authenticated:
            return self.get_response(request)
        fault = gettext("Nobody is signed in here, so nothing of it was read. Sign in, and send it again.")
        return render(request, "400.html", {"fault": fault}, status=413)


def _is_much(told: Mapping[str, Any]) -> bool:
    """Whether the body is large, or announces no length."""
    length = str(told.get("CONTENT_LENGTH") or "0")
    return "HTTP_TRANSFER_ENCODING" in told or not length.isdecimal() or int(length) > OF_A_STRANGER


class TooMuchSent(RequestDataTooBig):
    """The files of one form are larger together than a desk takes in."""


class Quota(FileUploadHandler):
    """Refuses a form whose files are too large together, by the length that it announces; nothing of them is kept."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],  # noqa: N803 - Django's name for it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """None, so that the next handler goes on. Raises TooMuchSent."""
        if content_length > settings.UPLOAD_LIMIT:
            left = min(content_length, DRAINED * settings.UPLOAD_LIMIT)
            while left > 0 and (piece := input_data.read(min(PIECE, left))):
                left -= len(piece)
            raise TooMuchSent

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The piece as it is, for the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """None: the next handler has the file."""
