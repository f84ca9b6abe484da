"""Gaps: cases × tracks at a glance."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from habeas.advocacy import terms
from habeas.advocacy.queries.gaps import A_PAGE, gaps
from habeas.cases.models import Case
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

MOST_CASES = 500


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Cases that got worse while nothing moved, then those with the most empty tracks; `?from=N` goes on from there."""
    coalition = common.coalition_of(request, pk)
    first = common.key_in(request, "from") or 0
    view = gaps(request.user, coalition, timezone.localdate(), offset=first)
    known = coalition.cases.filter(until=None).values("case")
    return common.shown(
        request,
        coalition,
        "gaps",
        gaps=view,
        tracks=terms.labels("tracks"),
        empty=[(track, view.empty[track]) for track in terms.labels("tracks")],
        first=first,
        before=max(first - A_PAGE, 0),
        after=first + A_PAGE if first + A_PAGE < view.cases else 0,
        to_add=Case.objects.visible_to(request.user)
        .exclude(pk__in=known)
        .select_related("person")
        .order_by("person__name")[:MOST_CASES],
    )
