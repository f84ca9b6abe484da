"""E-mail (RFC 5322) as documents: the words of a letter, and what is attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from habeas.sources.errors import UnreadableFile

# What else is attached stays in the letter, whose bytes are kept.
ATTACHED = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says of itself ('' where nothing), its body, and the attachments that can hold words."""

    title: str
    published: str
    source: str
    body: bytes
    is_html: bool
    attachments: tuple[tuple[str, bytes], ...]


def letter(data: bytes, name: str) -> Letter:
    """The letter in the bytes of an .eml file; its body in UTF-8. Raises UnreadableFile where there is no body."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain", "html"))
        words = body.get_content() if body else ""
        attached = tuple(_attached(message))
        told = message["date"]
        day = told.datetime.date().isoformat() if told and told.datetime else ""
        title, sender = str(message["subject"] or ""), message["from"]
        source = (sender.addresses[0].display_name or sender.addresses[0].domain) if sender and sender.addresses else ""
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as fault:
        raise UnreadableFile(f"{name} is no e-mail that can be read; save its text to a .txt file.") from fault
    if not isinstance(words, str) or not words.strip():
        raise UnreadableFile(f"{name} is an e-mail without words of its own; save what is attached and take that in.")
    is_html = body is not None and body.get_content_subtype() == "html"
    return Letter(title, day, source, words.encode("utf-8", "replace"), is_html, attached)


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        suffix = ATTACHED.get(part.get_content_type())
        content = part.get_payload(decode=True) if suffix else None
        if suffix and isinstance(content, bytes) and content.strip():
            yield f"attachment {number}{suffix}", content
