"""Names that may be somebody's on file, each beside what is known of that person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.cases import rows
from habeas.cases.access import hidden_sightings
from habeas.cases.casefile import Spans
from habeas.cases.models import Case, Link, Sighting
from habeas.cases.queries.search import whole_word
from habeas.cases.queries.waiting import waiting_keys
from habeas.core import listed
from habeas.core.looking import one_look
from habeas.sources.models import Document

BEFORE, AFTER = 120, 200  # code points of text around a name
KNOWN = 2  # sightings of the person on file that are shown beside
LOOKED_AT = 30  # links of each person, the newest, among which these are found

_NEWEST = "SELECT asked.value, l.sighting_id, l.verdict FROM {numbers} AS asked {l} ORDER BY l.id DESC"
_LOOKED_AT = "cases_link", f"u.person_id = asked.value ORDER BY u.id DESC LIMIT {LOOKED_AT}"


@dataclass(frozen=True, slots=True)
class Sight:
    """A name as one document has it: the words around it, `lit` where in them the name stands."""

    name: str
    document: int
    title: str
    language: str
    source: str
    published: str
    excerpt: str
    lit: Spans


@dataclass(frozen=True, slots=True)
class Match:
    """A name that may be a person's: the link's key, why it may be, where it stands, and the person as known so far."""

    link: int
    reason: str
    seen: Sight
    case: int
    person: str
    known: tuple[Sight, ...]


@one_look()
def matches(user: User, why: str = "new", *, case: Case | None = None, limit: int = 50, offset: int = 0) -> list[Match]:
    """The names that wait for a judgement (`why` as in `waiting`), of one case where it is given, the newest first."""
    return matches_of(waiting_keys(user, "link", why, case=case, limit=limit, offset=offset), user)


def matches_of(keys: Sequence[int], user: User) -> list[Match]:
    """The names of the links with these keys, in their order, that stand in documents which the user may see."""
    links = Link.objects.filter(pk__in=keys).select_related("sighting__reading", "person__case")
    return _shown(sorted(links, key=lambda link: keys.index(link.pk)), user)


@one_look()
def matches_in(document: Document, user: User) -> list[Match]:
    """The names in the document's newest reading that may be somebody's on file, and that nobody has settled."""
    cases = Case.objects.visible_to(user).values("person")
    of_reading = Link.objects.filter(sighting__reading__in=rows.newest_readings([document.pk]), person__in=cases)
    hidden = hidden_sightings(user)
    of_reading = of_reading if hidden is None else of_reading.exclude(sighting__in=hidden)
    newest: dict[tuple[int, int], Link] = {}
    for link in of_reading.select_related("sighting__reading", "person__case").order_by("pk"):
        newest[link.sighting_id, link.person_id] = link
    settled = {sighting for (sighting, _person), link in newest.items() if link.verdict == "same" and link.judgement_id}
    asking = [link for (at, _who), link in newest.items() if link.verdict == "ask" and at not in settled]
    return _shown(asking, user)


def _shown(links: Sequence[Link], user: User) -> list[Match]:
    known = _known({link.person_id for link in links})
    sightings = [link.sighting for link in links] + [sighting for theirs in known.values() for sighting in theirs]
    where = sights(sightings, user)
    return [
        Match(
            link=link.pk,
            reason=link.reason,
            seen=where[link.sighting_id],
            case=link.person.case.pk,
            person=link.person.name,
            known=tuple(where[one.pk] for one in known.get(link.person_id, ()) if one.pk in where),
        )
        for link in links
        if link.sighting_id in where
    ]


def _known(people: set[int]) -> dict[int, list[Sighting]]:
    """The newest sightings of each person."""
    newest: dict[tuple[int, int], str] = {}
    for person, sighting, verdict in listed.rows(_NEWEST, people, l=_LOOKED_AT) if people else ():
        newest.setdefault((person, sighting), verdict)
    found: dict[int, list[int]] = {}
    for (person, sighting), verdict in newest.items():
        theirs = found.setdefault(person, [])
        if verdict == "same" and len(theirs) < KNOWN:
            theirs.append(sighting)
    shown = Sighting.objects.select_related("reading").in_bulk({key for theirs in found.values() for key in theirs})
    return {person: [shown[key] for key in theirs] for person, theirs in found.items()}


def sights(sightings: Iterable[Sighting], user: User) -> dict[int, Sight]:
    """The sightings in documents that the user may see, by key."""
    by_key = {sighting.pk: sighting for sighting in sightings}
    wanted = {sighting.reading.document_id for sighting in by_key.values()}
    documents = Document.objects.visible_to(user).in_bulk(wanted)
    origins = rows.origins(documents.keys())
    return {
        key: _sight(sighting, documents[sighting.reading.document_id], origins)
        for key, sighting in by_key.items()
        if sighting.reading.document_id in documents
    }


def _sight(sighting: Sighting, document: Document, origins: rows.Origins) -> Sight:
    text, mentions = document.text, sighting.mentions or [[0, 0]]
    start, end = next((at for at in mentions if text[slice(*at)] == sighting.name), mentions[0])
    first = whole_word(text, max(0, start - BEFORE), start)
    last = _end_of_word(text, min(len(text), end + AFTER), end)
    return Sight(
        name=sighting.name,
        document=document.pk,
        title=document.title,
        language=document.language,
        source=origins.get(document.pk, rows.NOWHERE).source,
        published=document.published_on,
        excerpt=text[first:last],
        lit=((start - first, end - first),),
    )


def _end_of_word(text: str, end: int, after: int) -> int:
    """`end`, or the end of the word before it where it is inside one."""
    if end == len(text):
        return end
    return next((at for at in range(end, after, -1) if text[at].isspace()), end)
