"""A case file as values: what the command line, the JSON and the desk all show. No Django.

Every line of it rests on rows, and every row leads to its words: document, source, spans and the exact text.
Codes (`state`, `kind`, `phase`, `modality`, `acts`) are those of `docs/reading.md` and `docs/cases.md`; the `label`
beside a code is neutral English. Dates are EDTF level 1 as text; `earliest` and `latest` are the days they can mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

Span = tuple[int, int]
Spans = tuple[Span, ...]
Value = int | str | None
Day = date  # `Row.date` is text: EDTF


@dataclass(frozen=True, slots=True)
class Passage:
    """Where words stand: the document, who published it, the places in its text, and the words exactly.

    `document` is the document's key, `published` an ISO date or empty, `spans` code points into its text.
    """

    document: int
    source: str
    published: str
    spans: Spans
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim with the words it stands in. `claim` is its key.

    `known_at` is when it was taken in; `speaker` and `organisation` name who says it, empty where the report itself
    does; `statement` is the key of the statement that carries it. `subject` is the key of the sighting it is about.
    `judged` is proposed, accepted, mended, rejected or unsure, or withdrawn where it was added `by_hand` and taken
    back; `waits` is second where another person has yet to say the same, changed where the newest reading no longer
    says it, else empty.
    """

    claim: int
    kind: str
    phase: str
    modality: str
    passage: Passage
    known_at: datetime
    date: str = ""
    earliest: Day | None = None
    latest: Day | None = None
    value: Value = None
    place: str = ""
    actor: str = ""
    speaker: str = ""
    organisation: str = ""
    statement: int | None = None
    judged: str = "proposed"
    label: str = ""
    subject: int = 0
    by_hand: bool = False
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the three lines of a case: `custody`, `basis` (legal basis) or `protest` (protest and health).

    `since` is when the state began (EDTF; empty where nothing tells), `as_of` the last day on which a document
    confirmed it, `disputed` whether a conflict touches it. `rows` are the claims it rests on, newest first.
    """

    name: str
    state: str
    label: str
    since: str = ""
    as_of: date | None = None
    disputed: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a chain. `state` is the last that happened to it: issued, renewed, suspended …

    `number` counts from 1. `expires` is EDTF; where `estimated`, nobody stated it and `rule` says how it was found; an
    open start ("../2027-02-04") is the latest day that the law allows an order whose length nobody told.
    """

    number: int
    state: str
    label: str
    issued: str = ""
    length: str = ""
    expires: str = ""
    estimated: bool = False
    rule: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """The law under which somebody is held by order, as the words of `rows` tell it; from `vocab/regimes.toml`.

    `longest` is what a single order may last (ISO 8601; `lasts` in words), empty where no figure is verified, which is
    not "no limit".
    `checked` is the day on which the figure was last read in a source (ISO), empty where it was taken over unread.
    """

    key: str
    name: str
    longest: str
    lasts: str
    renewal: str
    review: str
    caution: str
    source: str
    checked: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class StrikeDay:
    """A report that `on` was day `day`: with the first day counted the strike began on `start`, else a day earlier.

    `over_phases` where the count reaches back over a break and so takes in the strikes before it.
    """

    day: int
    on: date
    start: date
    fits: bool
    row: Row
    over_phases: bool = False


@dataclass(frozen=True, slots=True)
class Strike:
    """One hunger strike from its start to its end. `state`: ongoing, suspended, ended or disputed.

    The start lies between `start_earliest` and `start_latest`, both None where nothing tells; `start_stated` says
    whether a document gives it, or only day counts lead there. `length` is the day count that fits, as words.
    """

    number: int
    state: str
    label: str
    start_earliest: date | None = None
    start_latest: date | None = None
    start_stated: bool = False
    ended: str = ""
    length: str = ""
    phases: tuple[Row, ...] = ()
    days: tuple[StrikeDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: in isolation, or at a place. `since` and `until` are EDTF, empty where unknown or going on."""

    what: str
    label: str
    since: str = ""
    until: str = ""
    ongoing: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is expected next. Where `estimated`, nobody stated the day and `rule` says how it was worked out."""

    on: str
    kind: str
    label: str
    estimated: bool = False
    rule: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: what it holds, in a word or a date, and the claims that hold it."""

    holds: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true, side by side. `key` is stable while the sides are the same claims.

    `about`: date, value, place, phase or denial. `kind` is the kind of claim, `line` the line it touches or empty.
    """

    key: str
    kind: str
    about: str
    label: str
    line: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline: what several claims say alike. `date` is EDTF, empty where no claim tells."""

    date: str
    kind: str
    phase: str
    modality: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What claims add up to on a day: the answer of `fold`."""

    on: date
    custody: Line
    basis: Line
    protest: Line
    regime: Regime | None = None
    orders: tuple[Order, ...] = ()
    strikes: tuple[Strike, ...] = ()
    health: tuple[Entry, ...] = ()
    isolation: tuple[Period, ...] = ()
    places: tuple[Period, ...] = ()
    upcoming: tuple[Due, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    timeline: tuple[Entry, ...] = ()

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        """The three lines, in the order in which they are shown."""
        return self.custody, self.basis, self.protest


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that concerns the case. `statement` is its key; `passage` holds what was said, exactly.

    `speaker_words` are the words that name the speaker there and `cue` those that report; `condition` is what a
    warning, threat or promise hangs on, as words. `by_them` where the detained person is the speaker. `judged` and
    `waits` are as in a Row.
    """

    statement: int
    speaker: str
    speaker_words: str
    role: str
    organisation: str
    acts: tuple[str, ...]
    manner: str
    cue: str
    passage: Passage
    target: str = ""
    outlet: str = ""
    condition: str = ""
    by_them: bool = False
    judged: str = "proposed"
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A form of the name as documents have it; `script` is Latin, Arabic, Hebrew, Cyrillic, Han or other."""

    name: str
    script: str
    documents: int


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document the case rests on. `published` is an ISO date or empty; `claims` counts those about this person."""

    document: int
    title: str
    source: str
    published: str
    language: str
    url: str
    claims: int


@dataclass(frozen=True, slots=True)
class SightingLink:
    """Why a name in a document is taken for this person: `verdict` same, different or ask; the reason in words."""

    link: int
    sighting: int
    name: str
    document: int
    verdict: str
    score: float
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is known of one case as it stood `on` a day, from what was known at `known_at` (None: now)."""

    case: int
    person: int
    name: str
    on: date
    known_at: datetime | None
    state: State
    aliases: tuple[Alias, ...] = ()
    profile: tuple[Entry, ...] = ()
    statements: tuple[Said, ...] = ()
    documents: tuple[FiledDocument, ...] = ()
    links: tuple[SightingLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case file of which the newest of each list are there, and how many statements, documents and links there are.

    `timeline` is the whole one, for drawing; claims may be missing in it. `told` counts its lines as `told_together`
    has them, and `is_cut` says that something of the state is left out. `languages` has the language of every document
    that is named.
    """

    file: CaseFile
    statements: int
    documents: int
    links: int
    languages: Mapping[int, str]
    timeline: tuple[Entry, ...]
    told: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list, without the claims that its lines rest on. `last_news` is the newest publication date.

    Of what is to be done it counts `conflicts`, `waiting` (links to look at), `unjudged` (claims that nobody judged)
    and `again` (claims that were judged and that the newest reading no longer says). `upcoming` is expected next.
    """

    case: int
    person: int
    name: str
    custody: Line
    basis: Line
    protest: Line
    last_news: str
    documents: int
    conflicts: int
    waiting: int
    upcoming: tuple[Due, ...] = ()
    unjudged: int = 0
    again: int = 0

    @property
    def tasks(self) -> int:
        """How much of it waits for somebody, statements aside."""
        return self.conflicts + self.waiting + self.unjudged + self.again

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        """The three lines, in the order in which they are shown."""
        return self.custody, self.basis, self.protest
