"""Whose "his movement" is: the body that a speaker speaks for, where they speak of it as their own."""

from __future__ import annotations

import re
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member
from habeas.extraction.references.find import References
from habeas.extraction.roles import office


def belong(references: References, report: Report, member: Member) -> None:
    """Makes "my party" and "his movement" in what a speaker says one with the body that the page says they are of.

    Only what a speaker by office says: whose party a relative or a lawyer speaks of is another question.
    """
    between = (entity for start, end in report.content for _, entity in references.between(start, end))
    bodies = [body for entity in between if (body := references.cast.members.get(entity)) and _is_own(body)]
    house = _house(references, member) if bodies else None
    if house is not None:
        for body in bodies:
            references.join(body, house)


def _is_own(body: Member) -> bool:
    return body.kind == "organisation" and not body.named and _own().fullmatch(body.name) is not None


def _house(references: References, member: Member) -> Member | None:
    """The organisation of a speaker, among those that the page names."""
    if member.kind != "person" or member.kin or member.lawyer:
        return None
    _, name = office(member, ())
    bodies = (one for one in references.cast if one.kind == "organisation" and one.named)
    return next((one for one in bodies if name and one.name.lower() == name.lower()), None)


@cache
def _own() -> re.Pattern[str]:
    bodies = "|".join(map(re.escape, vocab.load("en", "roles")["speakers"]["bodies"]))
    return re.compile(rf"(?:my|our|his|her|their) (?:own )?(?:{bodies})", re.IGNORECASE)
