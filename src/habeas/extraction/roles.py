"""The role and organisation of a speaker as text, from anywhere on the page."""

from __future__ import annotations

from habeas.extraction.cast import Member
from habeas.extraction.entities_words import name_words
from habeas.extraction.nouns import people_words


def office(member: Member, *, held: bool) -> tuple[str | None, str | None]:
    """Role and organisation of a person or group, the office with an organisation first; None where none is told.

    Somebody held speaks for themselves and has neither, but for their being called a prisoner.
    """
    if member.kind not in {"person", "group"} or (held and not member.beside):
        return None, None
    roles = [role for role in member.roles if role.words.lower().split()[-1] not in people_words().detained]
    if not roles:
        return None, member.house
    best = next((role for role in roles if role.organisation), roles[0])
    return plain_role(best.words) or None, _without_article(best.organisation or member.house)


def plain_role(words: str) -> str:
    """The office without what only qualifies the person: "A prominent Turkish official" is an official."""
    dropped = people_words().dropped
    return " ".join(w for w in words.split() if w.lower() not in dropped and w.lower() not in name_words().demonyms)


def _without_article(name: str | None) -> str | None:
    return name[4:] if name and name.lower().startswith("the ") else name
