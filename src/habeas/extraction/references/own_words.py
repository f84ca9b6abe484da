"""What a speaker's own words say of who they are: whoever says "my client" is a lawyer, a man with a son a father."""

from __future__ import annotations

import re
from functools import cache

from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member, Role
from habeas.extraction.document import Page
from habeas.extraction.nouns import noun_of, people_words
from habeas.extraction.references.find import References


def relate(page: Page, references: References, report: Report, member: Member) -> None:
    """Gives a named person without a role the one that "my client" in what they say tells, or ", whose son" after them.

    Nobody who is held: their own are free. Nothing where the words may mean a man's or a woman's role and nobody knows
    which.
    """
    if member.kind != "person" or not member.named or member.roles or member.house or references.is_held(member.id):
        return
    spoken = (_own().search(page.text, start, end) for start, end in report.content)
    match = _whose(page, member) or next(filter(None, spoken), None)
    role = _turned(match["whom"].lower(), member) if match else None
    if match and role:
        member.roles.append(Role(role, at=match.start()))


def _whose(page: Page, member: Member) -> re.Match[str] | None:
    """Whose relative "X, whose son was taken" makes of X, wherever that stands."""
    return next(filter(None, (_related().match(page.text, end) for _, end in sorted(member.mentions))), None)


def _turned(noun: str, member: Member) -> str | None:
    """Whose relative or lawyer somebody with this noun is."""
    for word in people_words().inverse[noun]:
        known = noun_of(word)
        if known and (known.gender is None or known.gender == member.gender) and (known.kin or known.lawyer):
            return word
    return None


@cache
def _related() -> re.Pattern[str]:
    """ ", whose" and a noun for a relative: whose lawyer somebody's lawyer is tells nothing of who they are."""
    close = [noun for noun in people_words().inverse if (known := noun_of(noun)) and known.kin]
    return re.compile(rf", (?:\d+, )?whose (?:\w+ )?(?P<whom>{'|'.join(map(re.escape, close))})s?\b", re.IGNORECASE)


@cache
def _own() -> re.Pattern[str]:
    """ "my" and a noun for somebody's own: only kin and clients, since a friend of a speaker may be anybody."""
    close = [noun for noun, turned in people_words().inverse.items() if turned != (noun,)]
    return re.compile(
        rf"\b(?:my|our(?= clients?\b)) (?:\w+ )?(?P<whom>{'|'.join(map(re.escape, close))})s?\b", re.IGNORECASE
    )
