"""`read`: one document in, one `Reading` out. The steps are in `docs/reading.md`, each in a module of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from habeas.extraction.about import Concerned
from habeas.extraction.acts import find_acts
from habeas.extraction.acts.condition import find_condition
from habeas.extraction.acts.manner import find_manner
from habeas.extraction.acts.outlet import Outlets
from habeas.extraction.acts.target import Targets
from habeas.extraction.attribution.find import reports_of
from habeas.extraction.attribution.model import find_attributions
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Cast
from habeas.extraction.document import Page
from habeas.extraction.entities import find_cast
from habeas.extraction.profile import find_profile
from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Speaker, Statement
from habeas.extraction.references import References
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.relevance import may_tell, relevant_parts
from habeas.extraction.segment import analyse
from habeas.extraction.text import language_name, language_of
from habeas.extraction.weighing import weighed_claims

_READ = frozenset(["en"])
_SHORT = 600  # code points: so short a text may concern somebody held though no word of custody stands in it


def read(
    text: str,
    *,
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    id: str | None = None,  # noqa: A002 - the key of the document in the JSON
    relevant_only: bool = False,
) -> Reading:
    """The reading of one document's text. Never raises on any text.

    `published` is an ISO date that relative dates are worked out from; `language` a BCP 47 tag, told from the text
    where it is None. A text in a language that cannot be read gives an empty reading whose `document.note` says so;
    with `relevant_only` one that speaks of nobody's detention gives an empty one whose `document.relevant` is False,
    and in the others statements are looked for only where detention is spoken of, and around it.
    """
    tag = language or language_of(text)
    known = (tag or "en").split("-")[0].lower()
    if known not in _READ:
        name = language_name(known) or f"a language tagged {tag}"
        note = f"This text is in {name}, which Habeas cannot read yet; it is kept."
        return Reading(DocumentInfo(id, title, published, tag, note=note))
    document = DocumentInfo(id, title, published, tag)
    parts = relevant_parts(text) if relevant_only else [(0, len(text))]
    if relevant_only and not parts:
        return Reading(replace(document, relevant=False))
    page = analyse(text)
    near = [(start, end) for start, end in page.paragraphs if any(start < stop and at < end for at, stop in parts)]
    return reading_of(page, reports_of(page, find_attributions(page.text, near)), document)


def reading_of(page: Page, reports: Sequence[Report], document: DocumentInfo) -> Reading:
    """The reading of a page on which the reports are already found."""
    entities, statements, references = people_and_statements(page, reports)
    tells = may_tell(page.text)
    if not tells and len(page.text) > _SHORT:
        return Reading(document, entities, statements, ())
    claims = _claims(page, entities, statements, document.published, references) if tells else ()
    references.hold(claim.subject for claim in claims if claim.kind != "profile")
    concerned = Concerned(references)
    statements = tuple(
        replace(said, about=concerned.by(report, said.speaker))
        for said, report in zip(statements, reports, strict=True)
    )
    return Reading(document, entities, statements, claims)


def people_and_statements(
    page: Page, reports: Sequence[Report]
) -> tuple[tuple[Entity, ...], tuple[Statement, ...], References]:
    """Who is on the page, what they say, and who is meant by whatever words: all that claims are drawn from.

    Whom a statement is about is not told yet: that is known better once the claims are.
    """
    cast = find_cast(page)
    references = References(page, cast)
    speakers = Speakers(page, cast, references).all(reports)
    said = _Statements(page, cast, references, reports)
    statements = tuple(said.make(n, *pair) for n, pair in enumerate(zip(reports, speakers, strict=True), 1))
    return tuple(member.frozen() for member in cast), statements, references


class _Statements:
    """Makes statements of the reports on a page."""

    def __init__(self, page: Page, cast: Cast, references: References, reports: Sequence[Report]) -> None:
        self.page, self.cast, self.references = page, cast, references
        self.outlets = Outlets(page, references, reports)
        self.targets = Targets(page, cast, references)

    def make(self, number: int, report: Report, speaker: Speaker) -> Statement:
        """The statement that a report of this speaker is."""
        who = self._who(report, speaker)
        acts = find_acts(self.page, report, who)
        return Statement(
            id=f"s{number}",
            speaker=speaker,
            cue=report.cue,
            content=report.content,
            manner=find_manner(self.page, report),
            acts=acts,
            target=self.targets.find(report, speaker, acts, who),
            about=(),
            outlet=self.outlets.find(report, speaker),
            condition=find_condition(self.page, report, acts),
        )

    def _who(self, report: Report, speaker: Speaker) -> str:
        """Every word that says who the speaker is."""
        named = self.cast.members[speaker.entity].name if speaker.entity else ""
        spoken = (self.page.text[start:end] for start, end in report.source)
        return " ".join(filter(None, (*spoken, named, speaker.role, speaker.organisation)))


def _claims(
    page: Page,
    entities: tuple[Entity, ...],
    statements: tuple[Statement, ...],
    published: str | None,
    references: References,
) -> tuple[Claim, ...]:
    found = weighed_claims(page, entities, statements, published=published, references=references)
    held = {*references.detained(), *(claim.subject for claim in found)}
    found += find_profile(page, entities, statements, references, held)
    found.sort(key=lambda claim: (claim.evidence, claim.id))
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(found, 1))
