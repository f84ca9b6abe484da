"""How much a browser may hand over at once: told before anything of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

DRAINED = 20  # times the limit: so much is read and dropped, so that the browser listens to the answer
PIECE = 1 << 20


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
