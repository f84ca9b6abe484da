"""Matches: names that may be somebody's on file, side by side; the same, somebody else, or unsure."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from habeas.cases import access, judging
from habeas.cases.models import Case
from habeas.cases.queries.matches import matches
from habeas.cases.queries.waiting import count_links
from habeas.core.actor import Actor
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import PART, DeskRequest, asked
from habeas.web.desk.views.undoing import back, note

SAID = {
    "accept": gettext_noop("Taken for the same person."),
    "reject": gettext_noop("Taken for somebody else."),
    "unsure": gettext_noop("Left open: unsure."),
    "undo": gettext_noop("Taken back."),
}


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The names that wait; `?why=unsure` those that somebody could not tell, `?case=KEY` those of one case."""
    why = "unsure" if asked(request, "why") == "unsure" else "new"
    key = asked(request, "case")
    case = None
    if key:
        number = int(key) if key.isascii() and key.isdecimal() else 0
        case = get_object_or_404(Case.objects.visible_to(request.user).select_related("person"), pk=number)
    counts = {one: count_links(request.user, one, case=case) for one in ("new", "unsure")}
    shown = page_of(
        request,
        lambda: counts[why].number,
        lambda offset, limit: matches(request.user, why, case=case, offset=offset, limit=limit),
    )
    context = {
        "page": shown,
        "why": why,
        "case": case,
        **{one: str(count) for one, count in counts.items()},  # those beyond come once some of these are judged
    }
    return render(request, "desk/matches.html", context)


@require_POST
def judge(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `verdict` (accept, reject, unsure or undo) on the link; back to `next`, or its foot where asked for.

    404 for what the user may not see, 409 for what cannot be done.
    """
    link = get_object_or_404(access.links(request.user), pk=pk)
    verdict, actor = request.POST.get("verdict", ""), Actor(request.user.pk, "desk")
    try:
        if verdict == "undo":
            judging.undo(link, actor=actor)
        else:
            judging.judge(link, verdict, actor=actor, reason=request.POST.get("reason", ""))
    except judging.CannotJudge as fault:
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": back(request)}, status=409)
    if PART in request.headers:
        newest = judging.standing(link).last()
        context = {"link": link.pk, "verdict": newest.verdict if newest else "", "waits": newest and not newest.settles}
        return render(request, "desk/match_judge.html", context)
    note(request, gettext(SAID[verdict]), **({} if verdict == "undo" else {"link": [link.pk]}))
    return HttpResponseRedirect(back(request))
