"""What is shown beside case files, as values: a document and its cards, statements in a list, answers of a search."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.cases.casefile import Row, Said, Span, Spans


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a document's text for one stretch of it: a claim or a statement.

    `spans` are the claim's evidence or the statement's content; `case` is the subject's case, None where there is none.
    """

    key: str
    spans: Spans
    subject: str
    case: int | None
    row: Row | None = None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a document's text that means somebody; `case` is their case, None where there is none."""

    span: Span
    sighting: int
    name: str
    kind: str
    case: int | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the desk shows it: its text untouched, the mentions in it and the cards beside it, in text order.

    `reader` is the version that read it, empty where none did yet; `note` says what could not be read.
    """

    document: int
    title: str
    source: str
    published: str
    language: str
    url: str
    text: str
    reader: str
    relevant: bool
    note: str
    mentions: tuple[Mention, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a search: a `person`, `document` or `statement`, where it is, and the words around it.

    `key` is the person's, document's or statement's; `title` a name, a document's title or the speaker; `lit` are the
    places in `excerpt` where the words asked for stand. For a person the excerpt is the reason of the match.
    """

    kind: str
    key: int
    title: str
    excerpt: str
    document: int | None
    case: int | None
    published: str = ""
    lit: Spans = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody a statement is about, as its document names them; `case` is their case, None where there is none."""

    name: str
    case: int | None


@dataclass(frozen=True, slots=True)
class ListedStatement:
    """One statement in a list across cases: what was said, its document's title and language, and whom it is about."""

    said: Said
    title: str
    language: str
    about: tuple[Concerned, ...] = ()
