"""The files of long cases: what their pages show, kept as keys where it is the same for everybody who sees the case."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from habeas.cases import rows
from habeas.cases.casefile import Entry, Row
from habeas.cases.fold import timeline
from habeas.cases.fold.judged import NOT_COUNTED
from habeas.cases.folding import Filed, Folded, filed
from habeas.cases.models import Case, Statement
from habeas.cases.models_kept import FOLD, KeptFile
from habeas.cases.outlines import Called, Lists, written
from habeas.cases.outlines import Filed as FiledAs
from habeas.cases.told import told_together
from habeas.sources.models import Document

LONG = 100  # claims; a shorter file is folded as soon as one is read
MOST = 100  # of each list of a long case, the newest; whoever wants more has everything folded


def kept_file(case: Case, made: Folded) -> KeptFile | None:
    """What is to be kept of the case; None where it is short, or where documents of other teams lead to it."""
    if len(made.rows) < LONG:
        return None
    links = rows.newest_links_of(case.person_id)
    if {one.link.document for one in links} - _of_team(case.team_id, {one.link.document for one in links}):
        return None
    of = filed([one for one in links if one.link.verdict == "same"], Document.objects.all(), None)
    told = written(made.state, profile(made.rows, set(of.sightings)), _lists(links, of, made))
    return KeptFile(
        person_id=case.person_id, told=json.dumps(told, ensure_ascii=False, separators=(",", ":")), fold=FOLD
    )


def profile(told: Iterable[Row], mine: Collection[int]) -> tuple[Entry, ...]:
    """What the claims, as they are judged, tell of the person whose sightings these are."""
    return timeline.entries(
        row for row in told if row.kind == "profile" and row.judged not in NOT_COUNTED and row.subject in mine
    )


def said(of: Filed) -> list[tuple[str, int, int]]:
    """The day of publication, key and document of each statement that concerns the person, in that order."""
    found = Statement.objects.filter(rows.concerning(of.sightings)).values_list("pk", "reading__document")
    return sorted((of.documents[document].published_on, key, document) for key, document in found)


def documents(of: Filed, told: Iterable[Row]) -> list[FiledAs]:
    """The documents that the file rests on, the newest published last."""
    claims = Counter(row.passage.document for row in told)
    theirs = {link.document for link in of.links}
    return [FiledAs(key, claims[key]) for key in sorted(theirs, key=lambda key: (of.documents[key].published_on, key))]


def called(of: Filed) -> list[tuple[str, Called]]:
    """The forms of the name, the one that most documents have first."""
    seen: dict[str, set[int]] = {}
    first: dict[str, int] = {}
    for link in of.links:
        seen.setdefault(link.name, set()).add(link.document)
        first.setdefault(link.name, link.sighting)
    made = [(name, Called(first[name], len(theirs))) for name, theirs in seen.items()]
    return sorted(made, key=lambda one: (-one[1].documents, one[0]))


def _of_team(team: int, keys: Collection[int]) -> set[int]:
    return set(Document.objects.filter(team=team, pk__in=keys).values_list("pk", flat=True))


def _lists(links: Sequence[rows.Linked], of: Filed, made: Folded) -> Lists:
    statements, theirs = said(of), documents(of, made.rows)
    newest = tuple(key for _day, key, _document in statements[-MOST:])
    by_them = Statement.objects.filter(pk__in=newest, speaker__in=of.sightings).order_by("speaker")
    return Lists(
        statements=newest,
        speaking=tuple(by_them.values_list("speaker", flat=True).distinct()),
        n_statements=len(statements),
        documents=tuple(theirs[-MOST:]),
        n_documents=len(theirs),
        links=tuple(one.link.link for one in links[-MOST:]),
        n_links=len(links),
        aliases=tuple(one for _name, one in called(of)),
        n_told=len(told_together(made.state.timeline)),
    )
