"""What people judged, carried from one reading of a document to the next, so that a newer reader undoes nobody's work.

Where the newer reading says the same of the same passage, the judgement stands on it. Where it does not, what was
accepted or mended is kept beside the newer reading as it was, and waits for somebody to look again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from habeas.cases.known import beside
from habeas.cases.models import A_WORD, Claim, Judgement, Link, Reading, SearchText, Sighting, Statement

AS_READ = ("kind", "phase", "modality", "date", "value", "place")  # what makes two claims on one passage the same
BY_A_PERSON = "user "  # how `made_by` of a link begins where a person's word made it
_GONE = frozenset({"reject", "unsure"})  # of what is no longer read, nothing is left to say


@dataclass(slots=True)
class Carried:
    """What was carried: the rows added, and how many judgements stand as they were and how many wait for a look."""

    wrote: list[Model] = field(default_factory=list)
    carried: int = 0
    queued: int = 0


class Carrying:
    """The way from an older reading to a newer one of the same document."""

    def __init__(self, before: Reading, row: Reading, sightings: Iterable[Sighting]) -> None:
        self.before, self.row, self.now = before, row, timezone.now()
        self.sightings = list(sightings)
        self.same: dict[int, Sighting] = {}  # by the older sighting's key
        self.result = Carried()

    def settled(self) -> set[int]:
        """Carries whom people found names to be; the sightings that need no other link. Call it before linking."""
        return {self._carry_link(link).sighting_id for link in self._said_of_links("same")}

    def found(self) -> dict[int, int]:
        """By the sightings as they are now: the people whom the reading before was linked to without anybody's word."""
        same = [link for link in _newest_links(self.before) if link.verdict == "same"]
        told_twice = {other for some in beside({link.person_id for link in same}).values() for other in some}
        return {
            now.pk: link.person_id
            for link in same
            if link.person_id not in told_twice  # they follow whom this team's own file is about
            if not link.made_by.startswith(BY_A_PERSON) and (now := self._match(link.sighting))
        }

    def judgements(self, claims: Sequence[Claim], statements: Sequence[Statement]) -> Carried:
        """Carries whom people found names not to be, and what they said of claims and statements; all that was added.

        Call it after linking: the newest link counts, and a person's no must outlast the reader's yes.
        """
        for link in self._said_of_links("different", "ask"):
            self._carry_link(link)
        judged = _standing(self.before)
        said = {old.pk: self._statement(old, statements, judged) for old in _of(judged, "statement")}
        for old in _of(judged, "claim"):
            self._claim(old, claims, judged["claim", old.pk], said, statements)
        return self.result

    def _said_of_links(self, *verdicts: str) -> list[Link]:
        by_hand = [link for link in _newest_links(self.before) if link.made_by.startswith(BY_A_PERSON)]
        return [link for link in by_hand if link.verdict in verdicts and self._match(link.sighting)]

    def _carry_link(self, link: Link) -> Link:
        made = Link.objects.create(
            sighting=self.same[link.sighting_id],
            person_id=link.person_id,
            verdict=link.verdict,
            score=link.score,
            reason=link.reason,
            made_at=self.now,
            made_by=link.made_by,
        )
        self.result.wrote.append(made)
        standing = Judgement.objects.filter(
            A_WORD, link__sighting=link.sighting_id, link__person=link.person_id, undone_by=None
        )
        for judgement in standing.order_by("pk"):
            self._again(judgement, {"link": made})
        return made

    def _match(self, old: Sighting) -> Sighting | None:
        """The newer sighting of the same: one that shares a mention, the most of them; else one of the same name."""
        if old.pk in self.same:
            return self.same[old.pk]
        wanted = {tuple(mention) for mention in old.mentions}
        alike = [new for new in self.sightings if new.kind == old.kind]
        shared = {new.pk: len(wanted & {tuple(mention) for mention in new.mentions}) for new in alike}
        best = max(alike, key=lambda new: (shared[new.pk], new.folded == old.folded, -new.pk), default=None)
        if best and (shared[best.pk] or best.folded == old.folded):
            self.same[old.pk] = best
            return best
        return None

    def _kept(self, old: Sighting) -> Sighting:
        """As `_match`, or else the older sighting kept beside the newer reading, with whom it was found to be."""
        if found := self._match(old):
            return found
        made = Sighting.objects.create(
            reading=self.row,
            local_id=f"k{old.pk}",
            kind=old.kind,
            name=old.name,
            folded=old.folded,
            mentions=old.mentions,
        )
        self.same[old.pk] = made
        self.result.wrote.append(made)
        for link in _newest_links(self.before):
            if link.sighting_id == old.pk:
                self._carry_link(link)
        return made

    def _claim(
        self,
        old: Claim,
        claims: Sequence[Claim],
        judged: Sequence[Judgement],
        said: Mapping[int, Statement | None],
        statements: Sequence[Statement],
    ) -> None:
        found = self._same_claim(old, claims, {})
        newest = judged[-1]
        if found:
            self._carry(judged, {"claim": found}, recheck=False)
        elif newest.verdict == "mend" and newest.settles and (right := self._same_claim(old, claims, newest.mended)):
            self._again(newest, {"claim": right}, verdict="accept", mended=None, subject=None)
            self.result.carried += 1
        elif newest.verdict not in _GONE or not newest.settles or old.added_by_id:
            kept = self._kept_claim(old, said, statements)
            self._carry(judged, {"claim": kept}, recheck=old.added_by_id is None)

    def _same_claim(self, old: Claim, claims: Sequence[Claim], mended: Mapping[str, Any] | None) -> Claim | None:
        right = mended or {}
        subject = Sighting.objects.get(pk=right["subject"]) if "subject" in right else old.subject
        about = self._match(subject)
        content = [right.get(key, getattr(old, key)) for key in AS_READ]
        evidence = right.get("evidence", old.evidence)
        for new in claims:
            same = (
                about is not None and new.subject_id == about.pk and [getattr(new, key) for key in AS_READ] == content
            )
            if same and _overlap(new.evidence, evidence):
                return new
        return None

    def _kept_claim(self, old: Claim, said: Mapping[int, Statement | None], statements: Sequence[Statement]) -> Claim:
        values = _values(old) | {
            "reading_id": self.row.pk,
            "local_id": f"k{old.pk}",
            "subject_id": self._kept(old.subject).pk,
            "carried_from_id": old.pk,
            "added_at": old.added_at or old.reading.read_at,
        }
        carrier = said.get(old.statement_id or 0) or (old.statement and _same_statement(old.statement, statements))
        values["statement_id"] = carrier.pk if carrier else None
        made = Claim.objects.create(**values)
        self.result.wrote.append(made)
        return made

    def _statement(
        self, old: Statement, statements: Sequence[Statement], judged: Mapping[tuple[str, int], list[Judgement]]
    ) -> Statement | None:
        them = judged["statement", old.pk]
        found = _same_statement(old, statements)
        if found:
            self._carry(them, {"statement": found}, recheck=False)
        elif them[-1].verdict not in _GONE or not them[-1].settles:
            found = self._kept_statement(old)
            self._carry(them, {"statement": found}, recheck=True)
        return found

    def _kept_statement(self, old: Statement) -> Statement:
        people = {key: getattr(old, key) for key in ("speaker", "target")}
        made = Statement.objects.create(
            **_values(old)
            | {"reading_id": self.row.pk, "local_id": f"k{old.pk}", "carried_from_id": old.pk}
            | {f"{key}_id": self._kept(one).pk if one else None for key, one in people.items()}
        )
        about = [Statement.about.through(statement=made, sighting=self._kept(one)) for one in old.about.order_by("pk")]
        folded = SearchText.objects.filter(statement=old).values_list("folded", flat=True).first()
        SearchText.objects.create(document=self.row.document, statement=made, folded=folded or "")
        self.result.wrote += [made, *Statement.about.through.objects.bulk_create(about)]
        return made

    def _carry(self, judged: Sequence[Judgement], on: Mapping[str, Model], *, recheck: bool) -> None:
        for judgement in judged:
            self._again(judgement, on, recheck=recheck and judgement is judged[-1])
        self.result.queued += recheck
        self.result.carried += not recheck

    def _again(self, judgement: Judgement, on: Mapping[str, Model], **changed: Any) -> None:
        made = Judgement.objects.create(
            **on,
            **{
                "verdict": judgement.verdict,
                "mended": self._mapped(judgement.mended),
                "subject": self._kept(judgement.subject) if judgement.subject else None,
                "settles": judgement.settles,
                "recheck": judgement.recheck,
                **changed,
            },
            carried_from=judgement,
            reason=judgement.reason,
            made_at=self.now,
            made_by_id=judgement.made_by_id,
        )
        self.result.wrote.append(made)

    def _mapped(self, mended: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What was put right, pointing to the newer reading's sightings."""
        if mended is None:
            return None
        keys = {key for name in _PEOPLE if (key := mended.get(name))} | set(mended.get("about", ()))
        now = {old.pk: self._kept(old).pk for old in Sighting.objects.filter(pk__in=keys)}
        mapped: dict[str, Any] = {name: now[mended[name]] for name in _PEOPLE if mended.get(name)}
        if "about" in mended:
            mapped["about"] = [now[key] for key in mended["about"]]
        return {key: value for key, value in mended.items() if key != "names"} | mapped


_PEOPLE = ("subject", "speaker", "target")


def _newest_links(reading: Reading) -> list[Link]:
    links = Link.objects.filter(sighting__reading=reading).select_related("sighting").order_by("pk")
    return list({(link.sighting_id, link.person_id): link for link in links}.values())


def _standing(reading: Reading) -> dict[tuple[str, int], list[Judgement]]:
    """The judgements that stand on claims and statements of the reading, oldest first."""
    related = ("claim__subject", "claim__reading", "claim__statement", "statement__speaker", "statement__target")
    found: dict[tuple[str, int], list[Judgement]] = {}
    made = Judgement.objects.filter(A_WORD, undone_by=None).select_related("subject", *related).order_by("pk")
    for judgement in made.filter(claim__reading=reading):
        found.setdefault(("claim", judgement.claim_id or 0), []).append(judgement)
    for judgement in made.filter(statement__reading=reading):
        found.setdefault(("statement", judgement.statement_id or 0), []).append(judgement)
    return found


def _of(judged: Mapping[tuple[str, int], list[Judgement]], what: str) -> list[Any]:
    return [getattr(them[-1], what) for (on, _key), them in judged.items() if on == what]


def _same_statement(old: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The newer statement of the same words, said by the same acts of a speaker at the same place."""

    def content(said: Statement) -> list[Any]:
        return [_pairs(said.content_spans), _pairs(said.speaker_spans), list(said.acts), said.manner]

    return next((new for new in statements if content(new) == content(old)), None)


def _values(row: Model) -> dict[str, Any]:
    """The values of the row's columns, its key left out."""
    return {
        column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields if column.attname != "id"
    }


def _pairs(spans: Iterable[Iterable[int]]) -> list[list[int]]:
    return [list(span) for span in spans]


def _overlap(one: Collection[Sequence[int]], other: Collection[Sequence[int]]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in other)
