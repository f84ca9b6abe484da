"""The one place that prints: what comes from documents and file names cannot steer the terminal."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all control characters but tab and line feed; ECMA-48, 8.2
UNESCAPED = re.compile(r"[\x7f-\x9f]")  # of these, the ones that JSON lets stand


def say(words: str, *, end: str = "\n") -> None:
    """Prints to standard output, at once."""
    print(clean(words), end=end, flush=True)


def complain(words: str) -> None:
    """Prints one line to standard error, with the name of the command before it."""
    print(f"habeas: {one_line(words)}", file=sys.stderr)


def note(words: str) -> None:
    """Prints to standard error."""
    print(clean(words), file=sys.stderr)


def count(done: int, of: int, what: str) -> None:
    """Shows how far a long piece of work is, in one line of standard error, written over; on a terminal alone."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} {what}" + ("\n" if done == of else ""))
        sys.stderr.flush()


def say_json(value: Any, *, indent: int | None = None) -> None:
    """Prints the value as JSON, exactly, at once; what could steer a terminal stands as an escape."""
    told = json.dumps(value, ensure_ascii=False, indent=indent)
    print(UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", told), flush=True)


def clean(words: str) -> str:
    """The words with � for each control character that a terminal would obey."""
    return STEERING.sub("\ufffd", words)


def one_line(words: str) -> str:
    """The words, cleaned, in one line."""
    return clean(" ".join(words.split()))
