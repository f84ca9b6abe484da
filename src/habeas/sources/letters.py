"""E-mail (RFC 5322) as documents: the words of a letter, and what is attached to it. Call it through `apart` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from habeas.sources.errors import UnreadableFile

# What else is attached stays in the letter, whose bytes are kept.
ATTACHED = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
FORWARDED = "message/rfc822"
DEEPEST = 3  # letters within letters


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says of itself ('' where nothing), its body, and the attachments that can hold words."""

    title: str
    published: str
    source: str
    sender: str
    body: bytes
    is_html: bool
    attachments: tuple[tuple[str, bytes], ...]


def letter(data: bytes, name: str) -> Letter:
    """The letter in the bytes of an .eml file; its body in UTF-8. Raises UnreadableFile where there are no words.

    `source` is what the sender is called, `sender` the address that the letter names. A letter that is nothing but what
    is attached to it has its subject as its body.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain", "html"))
        words = body.get_content() if body else ""
        attached = tuple(_attached(message))
        told = message["date"]
        day = told.datetime.date().isoformat() if told and told.datetime else ""
        title, sender = str(message["subject"] or ""), message["from"]
        first = sender.addresses[0] if sender and sender.addresses else None
        source, address = (first.display_name or first.domain, first.addr_spec) if first else ("", "")
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as fault:
        raise UnreadableFile(f"{name} is no e-mail that can be read; save its text to a .txt file.") from fault
    if attached and isinstance(words, str) and not words.strip():
        words, body = title, None
    if not isinstance(words, str) or not words.strip():
        raise UnreadableFile(f"{name} is an e-mail without words of its own; save what is attached and take that in.")
    is_html = body is not None and body.get_content_subtype() == "html"
    return Letter(title, day, source, address, words.encode("utf-8", "replace"), is_html, attached)


def _attached(message: EmailMessage, within: str = "", depth: int = 1) -> Iterator[tuple[str, bytes]]:
    """Each attachment that can hold words; a forwarded letter is its body and what is attached to it."""
    for number, part in enumerate(message.iter_attachments(), start=1):
        position = f"{within}attachment {number}"
        suffix = ATTACHED.get(part.get_content_type())
        content = part.get_payload(decode=True) if suffix else None
        if suffix and isinstance(content, bytes) and content.strip():
            yield f"{position}{suffix}", content
        elif part.get_content_type() == FORWARDED and depth < DEEPEST:
            yield from _forwarded(part.get_content(), position, depth)


def _forwarded(message: EmailMessage, position: str, depth: int) -> Iterator[tuple[str, bytes]]:
    body = message.get_body(("plain", "html"))
    words = body.get_content() if body else ""
    if body and isinstance(words, str) and words.strip():
        yield f"{position}{ATTACHED[body.get_content_type()]}", words.encode("utf-8", "replace")
    yield from _attached(message, f"{position}, ", depth + 1)
