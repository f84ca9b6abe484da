"""What waits for a judgement: claims, statements and links nobody judged, or that a second person must judge too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.casefile import Row, Said, SightingLink
from habeas.cases.fold.judged import apply
from habeas.cases.models import A_WORD, Case, CaseQuerySet, Claim, Judgement, Link, Reading, Sighting, Statement
from habeas.cases.queries.documents import cases_of
from habeas.cases.queries.newest import Counted, counted
from habeas.core.looking import once_a_look, one_look
from habeas.sources.models import Document
from habeas.sources.visibility import documents_of

WHYS = ("new", "second", "changed", "unsure")
WHATS = ("claim", "statement", "link")
_MODELS: Mapping[str, type[Claim | Statement | Link]] = {"claim": Claim, "statement": Statement, "link": Link}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: a claim (`row`), a statement (`said`) or a link, and the document it stands in.

    `why`: new (nobody judged it), second (another person must say the same), changed (judged, and the newest reading
    no longer says it), unsure (somebody could not tell). `subject` is whom it is about as the document names them;
    `case` their case, for a link the case it may belong to, None where there is none.
    """

    what: str
    key: int
    why: str
    subject: str
    case: int | None
    document: int
    title: str
    language: str
    row: Row | None = None
    said: Said | None = None
    link: SightingLink | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Some people with a case: the case of each person, the person of each sighting that is taken for theirs.

    `claims` are the keys of the claims about them, also by what somebody made of one; `statements` of those about them,
    by them, aimed at them, or that carry a claim about them; `links` of the newest between each of them and each name.
    """

    cases: dict[int, int]
    sightings: dict[int, int]
    claims: frozenset[int]
    statements: frozenset[int]
    links: frozenset[int]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said of something: verdict, reason, when; `undone_at` where it was taken back.

    `mended` is what they put right, as `corrections` keeps it; `carried` where they said it of an older reading.
    """

    judgement: int
    verdict: str
    by: str
    reason: str
    made_at: datetime
    undone_at: datetime | None
    settles: bool
    carried: bool
    mended: dict[str, object] | None


@one_look()
def waiting(
    user: User, what: str = "claim", why: str = "new", *, case: Case | None = None, limit: int = 50, offset: int = 0
) -> list[Waiting]:
    """What waits for a judgement on the user's desk, newest document first; of one case where it is given.

    Only what stands in the newest reading of its document waits. `what` is claim, statement or link; `why` is as in
    Waiting. The number of queries is the same however many are shown.
    """
    keys = waiting_keys(user, what, why, case=case, limit=limit, offset=offset)
    return list(shown(what, why, _MODELS[what].objects.filter(pk__in=keys), user)) if keys else []


@one_look()
def waiting_keys(
    user: User, what: str, why: str, *, case: Case | None = None, limit: int = 50, offset: int = 0
) -> list[int]:
    """The keys of what `waiting` gives.

    They are asked for without what is shown of them: with that PostgreSQL plans for as long as it looks.
    """
    found = asked(user, what, why, _of(case, user)).order_by("-pk").values_list("pk", flat=True)
    return list(found[offset : offset + limit])


@one_look()
def count_waiting(user: User, *, case: Case | None = None) -> dict[tuple[str, str], int]:
    """How many wait, for each what and why of `waiting`."""
    of = _of(case, user)
    return {(what, why): asked(user, what, why, of).count() for what in WHATS for why in WHYS}


@one_look()
def count_links(user: User, why: str, *, case: Case | None = None) -> Counted:
    """How many names wait for that reason; counted no further than `newest.counted`: it costs the same on any desk."""
    return counted(asked(user, "link", why, _of(case, user)).order_by("-pk"))


def whom(cases: CaseQuerySet) -> Whom:
    """The people of these cases, which the user who asks may see."""
    people = dict(cases.values_list("person", "pk"))
    found = Link.objects.filter(person__among=people).order_by("pk").values_list("pk", "sighting", "person", "verdict")
    newest = {(sighting, person): (key, verdict) for key, sighting, person, verdict in found}
    seen = {sighting: person for (sighting, person), (_key, verdict) in newest.items() if verdict == "same"}
    return Whom(people, seen, *rows.claims_and_statements(seen), frozenset(key for key, _verdict in newest.values()))


def voices(thing: Claim | Statement | Link, user: User) -> list[Voice]:
    """Who said what of it, oldest first, what was taken back included; nothing where the user may not see it."""
    reading = thing.sighting.reading if isinstance(thing, Link) else thing.reading
    if not Document.objects.visible_to(user).filter(pk=reading.document_id).exists():
        return []
    if isinstance(thing, Link):
        of = Q(link__sighting=thing.sighting_id, link__person=thing.person_id)
    else:
        of = Q(claim=thing.pk) if isinstance(thing, Claim) else Q(statement=thing.pk)
    made = Judgement.objects.filter(of, A_WORD).select_related("undone_by", "made_by").order_by("pk")
    return [_voice(judgement) for judgement in made]


def _voice(judgement: Judgement) -> Voice:
    undone = getattr(judgement, "undone_by", None)
    return Voice(
        judgement=judgement.pk,
        verdict=judgement.verdict,
        by=judgement.made_by.get_username(),
        reason=judgement.reason,
        made_at=judgement.made_at,
        undone_at=undone.made_at if undone else None,
        settles=judgement.settles,
        carried=judgement.carried_from_id is not None,
        mended=None if judgement.link_id else judgement.mended,
    )


def asked(user: User, what: str, why: str, whom: Whom | None = None) -> QuerySet[Any]:
    """The claims, statements or links that wait, as in `waiting`; about these people alone where they are given."""
    if what == "link":
        return _links(user, why, whom)
    if what == "statement":
        said = access.statements(user).filter(rows.newest())
        said = said if whom is None else said.filter(pk__among=_few(what, why, whom.statements))
        return _by_why(said, Judgement.objects.filter(statement=OuterRef("pk")), why)
    told = access.claims(user).filter(rows.newest())
    told = told if whom is None else told.filter(pk__among=_few(what, why, whom.claims))
    if why == "new":
        told = told.filter(added_by=None)  # one by hand on which no judgement stands was taken back
    return _by_why(told, Judgement.objects.filter(claim=OuterRef("pk")), why)


def _few(what: str, why: str, keys: frozenset[int]) -> frozenset[int]:
    """Those of the claims or statements that somebody judged so that they wait for that reason; of what is new all.

    They are told apart here: PostgreSQL would go through all of the keys for each judgement.
    """
    if why == "new":
        return keys
    return keys.intersection(Judgement.objects.filter(_REASONS[why]).values_list(what, flat=True))


def _of(case: Case | None, user: User) -> Whom | None:
    return None if case is None else whom(Case.objects.visible_to(user).filter(pk=case.pk))


def _links(user: User, why: str, whom: Whom | None) -> QuerySet[Any]:
    """Links that ask, each the newest of its name and person, where nobody is found to be that name yet."""
    cases = Case.objects.visible_to(user)
    newer = Link.objects.filter(sighting=OuterRef("sighting"), person=OuterRef("person"), pk__gt=OuterRef("pk"))
    read_again = Reading.objects.filter(
        document=OuterRef("sighting__reading__document"), pk__gt=OuterRef("sighting__reading")
    )
    found = Link.objects.filter(
        ~Q(Exists(newer)), ~Q(Exists(read_again)), Exists(cases.filter(person=OuterRef("person")))
    )
    found = found.filter(documents_of(user, "sighting__reading__document__"))
    found = found if whom is None else found.filter(pk__among=whom.links)
    hidden = access.hidden_sightings(user)
    found = found if hidden is None else found.exclude(sighting__in=hidden)
    judged = Judgement.objects.filter(link__sighting=OuterRef("sighting"), link__person=OuterRef("person"))
    if why in {"new", "unsure"}:
        stands = Q(judgement__verdict="accept", judgement__undone_by=None)
        settled = Link.objects.filter(stands, sighting=OuterRef("sighting"), verdict="same")
        found = found.filter(~Q(Exists(settled)), verdict="ask")
    return _by_why(found, judged, why)


def _by_why(found: QuerySet[Any], judged: QuerySet[Judgement], why: str) -> QuerySet[Any]:
    standing = judged.filter(A_WORD, undone_by=None)
    if why == "new":
        return found.filter(~Q(Exists(standing)))
    of_all = Judgement.objects.filter(_REASONS[why])
    few = of_all.values("link__sighting") if found.model is Link else of_all.values(found.model.__name__.lower())
    found = found.filter(**{"sighting__in" if found.model is Link else "pk__in": few})
    newest = Subquery(standing.order_by("-pk").values("pk")[:1])
    judged_so: QuerySet[Any] = (
        found.filter(Exists(standing)).alias(newest=newest).filter(newest__in=of_all.values("pk"))
    )
    return judged_so


@once_a_look
def reasons() -> frozenset[tuple[str, str]]:
    """Every what and why of `waiting` for which something on the whole desk may wait; all that is new is among them."""
    what = When(claim__isnull=False, then=Value("claim")), When(statement__isnull=False, then=Value("statement"))
    found = set(product(WHATS, ["new"]))
    for why, reason in _REASONS.items():
        told = Judgement.objects.filter(reason).annotate(what=Choice(*what, default=Value("link")))
        found |= {(on, why) for on in told.values_list("what", flat=True).distinct()}
    return frozenset(found)


_REASONS = {"second": Q(settles=False), "changed": Q(recheck=True), "unsure": Q(verdict="unsure", settles=True)}


def shown(what: str, why: str, found: QuerySet[Any], user: User) -> Iterable[Waiting]:
    """What these claims, statements or links are, in the order of their keys, the highest first."""
    if what == "link":
        return _shown_links(why, list(found.select_related("sighting__reading", "person__case").order_by("-pk")))
    keys = list(found.values_list("pk", "reading__document"))
    documents = Document.objects.in_bulk({document for _key, document in keys})
    origins = rows.origins(documents.keys())
    of = Q(pk__in=[key for key, _document in keys])
    if what == "claim":
        told = [row for _subject, row in rows.claims(of, documents, origins)]
        return _shown_claims(why, apply(told, rows.judgements(told), None), documents, user)
    return _shown_statements(why, rows.statements(of, documents, origins), documents, user)


def _shown_claims(why: str, told: Sequence[Row], documents: dict[int, Document], user: User) -> Iterable[Waiting]:
    names = dict(Sighting.objects.filter(pk__in={row.subject for row in told}).values_list("pk", "name"))
    cases = cases_of(names, user)
    for row in sorted(told, key=lambda row: -row.claim):
        document = documents[row.passage.document]
        yield Waiting(
            what="claim",
            key=row.claim,
            why=why,
            subject=names[row.subject],
            case=cases.get(row.subject),
            document=document.pk,
            title=document.title,
            language=document.language,
            row=row,
        )


def _shown_statements(why: str, told: Sequence[Said], documents: dict[int, Document], user: User) -> Iterable[Waiting]:
    about = Statement.about.through.objects.filter(statement__in=[said.statement for said in told]).order_by("pk")
    hidden = access.hidden_sightings(user)
    about = about if hidden is None else about.exclude(sighting__in=hidden)
    concerned: dict[int, list[tuple[int, str]]] = {}
    for statement, sighting, name in about.values_list("statement", "sighting", "sighting__name"):
        concerned.setdefault(statement, []).append((sighting, name))
    cases = cases_of({sighting for them in concerned.values() for sighting, _name in them}, user)
    for said in sorted(told, key=lambda said: -said.statement):
        them = concerned.get(said.statement, [])
        first = next((one for one in them if one[0] in cases), them[0] if them else (0, ""))
        document = documents[said.passage.document]
        yield Waiting(
            what="statement",
            key=said.statement,
            why=why,
            subject=first[1],
            case=cases.get(first[0]),
            document=document.pk,
            title=document.title,
            language=document.language,
            said=said,
        )


def _shown_links(why: str, links: Sequence[Link]) -> Iterable[Waiting]:
    documents = Document.objects.defer("text").in_bulk({link.sighting.reading.document_id for link in links})
    for link in links:
        document = documents[link.sighting.reading.document_id]
        yield Waiting(
            what="link",
            key=link.pk,
            why=why,
            subject=link.sighting.name,
            case=link.person.case.pk,
            document=document.pk,
            title=document.title,
            language=document.language,
            link=rows.link(link),
        )
