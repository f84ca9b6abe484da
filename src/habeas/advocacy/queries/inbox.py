"""What statements offer for the plan and nobody has taken or dropped yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.advocacy.drafts import Draft, drafts
from habeas.advocacy.models import Coalition, Sorting
from habeas.cases.queries import statements
from habeas.cases.shown import ListedStatement
from habeas.sources.models import Document

LOOKED_AT = 500  # the newest statements that the user sees


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft with the statement it stands in. `who` is the speaker's organisation, else the speaker."""

    draft: Draft
    statement: int
    document: int
    published: str
    source: str
    who: str
    speaker: str
    language: str
    about: str = ""
    cases: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What names this offer in an address."""
        return f"{self.document}-{self.draft.kind}-{self.draft.start}-{self.draft.end}"


def offers(user: User, coalition: Coalition) -> list[Offer]:
    """The offers of the newest statements that the user sees; those rejected by a person offer nothing."""
    found = [one for one in statements(user, limit=LOOKED_AT) if one.said.judged != "rejected"]
    texts = dict(
        Document.objects.visible_to(user)
        .filter(pk__in={one.said.passage.document for one in found})
        .values_list("pk", "text")
    )
    sorted_out = set(Sorting.objects.filter(coalition=coalition).values_list("document", "kind", "start", "end"))
    return [
        offer
        for one in found
        for offer in _offers(one, texts.get(one.said.passage.document, ""))
        if (offer.document, offer.draft.kind, offer.draft.start, offer.draft.end) not in sorted_out
    ]


def offer(user: User, coalition: Coalition, key: str) -> Offer | None:
    """The offer with that key; None where there is none, or it was taken or dropped."""
    return next((one for one in offers(user, coalition) if one.key == key), None)


def _offers(one: ListedStatement, text: str) -> Iterator[Offer]:
    said = one.said
    for draft in drafts(text, said.passage.spans, said.acts, one.language or "en"):
        yield Offer(
            draft=draft,
            statement=said.statement,
            document=said.passage.document,
            published=said.passage.published,
            source=said.passage.source,
            who=said.organisation or said.speaker or said.speaker_words,
            speaker=said.speaker or said.speaker_words,
            language=one.language,
            about=", ".join(dict.fromkeys(whom.name for whom in one.about)),
            cases=tuple(whom.case for whom in one.about if whom.case),
        )
