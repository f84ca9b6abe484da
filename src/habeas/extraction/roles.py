"""The role and organisation of a speaker as text, from anywhere on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from habeas.extraction.cast import Member
from habeas.extraction.entities.words import name_words
from habeas.extraction.nouns import noun_of, people_words

_AGED = re.compile(r"\d+-years?-old")


def office(member: Member, relatives: Iterable[Member]) -> tuple[str | None, str | None]:
    """Role and organisation of a person or group, the office with an organisation first; None where none is told.

    `relatives` are those held who are described as the member's own ("her husband"): they make her a wife. That
    somebody is a prisoner is no role.
    """
    if member.kind not in {"person", "group"}:
        return None, None
    told = [role for role in member.roles if not _is_held(role.words.lower().split())]
    house = next((role.organisation for role in told if role.organisation), member.house)
    roles = [role for role in told if not member.named or role.words.lower() not in people_words().generic]
    if not roles:
        return _kin(member, relatives), _without_article(house)
    best = next((role for role in roles if role.organisation), roles[0])
    words = best.words if member.named else _today(best.words)
    return plain_role(words) or None, _without_article(best.organisation or house)


def _today(words: str) -> str:
    """An unnamed speaker's role, which is what they were asked about: "a former guard" is a guard, and no prisoner."""
    first, _, office_ = words.partition(" ")
    held = office_.lower().split()[-1:] and office_.lower().split()[-1] in people_words().detained
    return words if held or first.lower() != "former" else office_ or words


def _is_held(words: list[str]) -> bool:
    """Whether a role only says that somebody is held: a former prisoner is one by what they were."""
    return words[-1] in people_words().detained and "former" not in words


def _kin(member: Member, relatives: Iterable[Member]) -> str | None:
    """ "wife" for whoever speaks of "her husband"."""
    for relative in relatives:
        for noun in sorted(relative.nouns & people_words().inverse.keys()):
            turned = (one for one in people_words().inverse[noun] if (known := noun_of(one)) and known.kin)
            found = next((one for one in turned if member.fits(getattr(noun_of(one), "gender", None))), None)
            if found:
                return found
    return None


def plain_role(words: str) -> str:
    """The office without what only qualifies the person: "A prominent Turkish official", "52-year-old teacher"."""
    if noun_of(words.lower()):
        return words
    dropped = people_words().dropped | name_words().demonyms
    *qualities, last = words.split() or [""]
    known = noun_of(last.lower())
    if known is not None and known.lawyer:  # "a human rights lawyer" is a lawyer
        dropped = dropped | people_words().learned
    kept = [word for word in qualities if word.lower() not in dropped and not _AGED.fullmatch(word.lower())]
    return " ".join([*kept, last])


def _without_article(name: str | None) -> str | None:
    return name[4:] if name and name.lower().startswith("the ") else name
