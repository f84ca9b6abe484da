"""Log lines without secrets."""

from __future__ import annotations

import logging
import re

SECRET = re.compile(r"(/(?:sign-in/link|calendar|alerts)/)[^\s/?#\"']+")  # addresses that open to whoever has them


class Plain(logging.Formatter):
    """A line a record, its traceback included, with the secrets in addresses left out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return SECRET.sub(r"\1…", super().format(record))
