"""To judge: what waits for a judgement, case by case, the most urgent first, gone down by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from habeas.accounts.models import User
from habeas.cases.models import Case
from habeas.cases.queries.queue import KINDS, UNSURE, Pile, Queue
from habeas.cases.queries.urgent import MOST_COUNTED
from habeas.sources.models import Document
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked
from habeas.web.desk.why import NAMES


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """What waits; `?kind=CODE` of one kind, `?case=KEY` of one case. 404 for a case that the user may not see."""
    kind, key = asked(request, "kind"), asked(request, "case")
    if kind not in {"", *KINDS, UNSURE}:
        raise Http404
    case = None
    if key:
        number = int(key) if key.isascii() and key.isdecimal() else 0
        case = get_object_or_404(Case.objects.visible_to(request.user).select_related("person"), pk=number)
    queue = Queue(request.user, timezone.localdate(), kind=kind, case=case)
    shown = page_of(request, lambda: len(queue), queue.piles)
    context = {
        "page": shown,
        "languages": _languages(shown, request.user),
        "bound": queue.n_shown if queue.n_cases > queue.n_shown else 0,
        "n_cases": queue.n_cases if queue.n_cases <= MOST_COUNTED else f"{MOST_COUNTED}+",
        "kind": kind,
        "case": case,
        "kinds": list(_kinds(queue, kind, case)),
        "has_documents": bool(shown.object_list) or Document.objects.visible_to(request.user).exists(),
    }
    return render(request, "desk/queue.html", context)


def _kinds(queue: Queue, kind: str, case: Case | None) -> Iterator[tuple[str, str, str]]:
    """Each kind with its name and how much of it waits, "500+" where there is more than is gone through.

    Of one kind alone the others are told without a number: other cases may lead there, and these are not gone through.
    """
    counts = {"": queue.counts.total() - queue.counts[UNSURE], **{one: queue.counts[one] for one in (*KINDS, UNSURE)}}
    is_one = bool(kind) and case is None
    for code, number in counts.items():
        is_more = code in queue.beyond or (not code and queue.beyond)
        told = "" if is_one and code != kind else f"{number}+" if is_more else str(number)
        if is_one or number or code in {"", kind}:
            yield code, gettext(NAMES[code]), told


def _languages(piles: Iterable[Pile], user: User) -> dict[int, str]:
    """The language of each document whose words stand under a side of a conflict."""
    conflicts = [task.conflict for pile in piles for task in pile.tasks if task.conflict]
    wanted = {row.passage.document for conflict in conflicts for side in conflict.sides for row in side.rows}
    return dict(Document.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", "language"))
