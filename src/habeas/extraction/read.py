"""`read`: one document in, one `Reading` out. The steps are in `docs/reading.md`, each in a module of its own."""

from __future__ import annotations

from dataclasses import replace

from habeas.extraction.acts import find_acts, find_condition
from habeas.extraction.attribution.patterns import find_reports
from habeas.extraction.attribution.reports import Report
from habeas.extraction.custody import find_claims
from habeas.extraction.custody.profile import find_profile
from habeas.extraction.document import Page
from habeas.extraction.entities import find_cast
from habeas.extraction.reading import Claim, DocumentInfo, Entity, Manner, Reading, Speaker, Spans, Statement
from habeas.extraction.references import References
from habeas.extraction.references_speakers import Speakers
from habeas.extraction.segment import analyse
from habeas.extraction.text import language_name, language_of

_READ = frozenset(["en"])


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

    `published` is an ISO date that relative dates are worked out from; `language` a BCP 47 tag, told from the text where
    it is None. A text in a language that cannot be read gives an empty reading whose `document.note` says so.
    """
    tag = language or language_of(text)
    known = (tag or "en").split("-")[0].lower()
    if known not in _READ:
        name = language_name(known) or f"a language tagged {tag}"
        note = f"This text is in {name}, which Habeas cannot read yet; it is kept."
        return Reading(DocumentInfo(id, title, published, tag, note=note))
    page = analyse(text)
    cast = find_cast(page)
    references = References(page, cast)
    reports = find_reports(page)
    speakers = Speakers(page, cast, references).all(reports)
    pairs = zip(reports, speakers, strict=True)
    statements = tuple(_statement(page, references, n, *pair) for n, pair in enumerate(pairs, 1))
    entities = tuple(member.frozen() for member in cast)
    claims = _claims(page, entities, statements, published, references)
    return Reading(DocumentInfo(id, title, published, tag), entities, statements, claims)


def _claims(
    page: Page, entities: tuple[Entity, ...], statements: tuple[Statement, ...], published: str | None, references: References
) -> tuple[Claim, ...]:
    found = find_claims(page, entities, statements, published=published, resolve=references)
    held = {*references.detained(), *(claim.subject for claim in found)}
    found += find_profile(page, entities, statements, references, held)
    found.sort(key=lambda claim: (claim.evidence, claim.id))
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(found, 1))


def _statement(page: Page, references: References, number: int, report: Report, speaker: Speaker) -> Statement:
    acts = find_acts(page, report)
    return Statement(
        id=f"s{number}",
        speaker=speaker,
        cue=report.cue,
        content=report.content,
        manner=_manner(page, report),
        acts=acts,
        target=None,
        about=find_about(references, report, speaker),
        outlet=None,
        condition=find_condition(page, report, acts),
    )


def _manner(page: Page, report: Report) -> Manner:
    """Direct where every word of the content is quoted, indirect where none is. Marks around the cue do not count."""
    quoted = _quoted(page, report)
    inside = outside = 0
    for start, end in report.content:
        for index in page.token_range(start, end):
            token = page.tokens[index]
            if token.text[0].isalnum():
                if any(a <= token.start < b for a, b in quoted):
                    inside += 1
                else:
                    outside += 1
    if not outside and inside:
        return "direct"
    return "mixed" if inside else "indirect"


def _quoted(page: Page, report: Report) -> Spans:
    at = report.cue[0][0] if report.cue else (report.source[0][0] if report.source else -1)
    return tuple((q.start, q.end) for q in page.quotes if not q.start <= at < q.end)


def find_about(references: References, report: Report, speaker: Speaker) -> tuple[str, ...]:
    """Ids of the detained whom the content concerns: those it mentions, else whom the text is about there."""
    found: list[str] = []
    for start, end in report.content:
        for entity in references.spread([i for _, i in references.between(start, end)]):
            if references.is_held(entity) and entity not in found:
                found.append(entity)
    return tuple(found) if found else references.in_focus(report.content[0][0])
