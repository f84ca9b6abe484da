"""Who may see a case, changed at the desk."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from habeas.accounts.models import Team, User
from habeas.cases import sharing
from habeas.cases.models import Case, CaseShare
from habeas.core.actor import Actor
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note


@require_POST
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `with` (the name of a person or team), `end` (a share's key), `limit` or `open`; back, with the way back.

    404 for an outsider, 403 without a role for it, 409 with what is wrong.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    try:
        _changed(case, request)
    except sharing.CannotShare as fault:
        answer = {"fault": str(fault), "back": reverse("person", args=[pk])}
        return render(request, "desk/not_done.html", answer, status=409)
    seen = Case.objects.visible_to(request.user).filter(pk=pk).exists()
    return HttpResponseRedirect(reverse("person", args=[pk]) if seen else reverse("cases"))


def _changed(case: Case, request: DeskRequest) -> None:
    said, actor = request.POST, Actor(request.user.pk, "desk")
    if "limit" in said:
        sharing.limit(case, actor=actor)
        note(request, gettext("Only those see the case now whom it is shown to."), limit=[case.pk])
    elif "open" in said:
        sharing.open_up(case, actor=actor)
        note(request, gettext("The team sees the case again."), limit=[case.pk])
    elif "end" in said:
        ended = sharing.unshare(_share(case, said["end"]), actor=actor)
        note(request, gettext("The case is not shown to them any more."), share=[ended.pk])
    else:
        made = sharing.share(case, _named(said.get("with", "").strip()), actor=actor)
        note(request, gettext("The case is shown to them."), share=[made.pk])


def _share(case: Case, told: str) -> CaseShare:
    if not (told.isascii() and told.isdecimal()):
        raise Http404
    return get_object_or_404(CaseShare.objects.select_related("case"), pk=int(told), case=case, until=None)


def _named(name: str) -> User | Team:
    """The person or team of that name on this desk. Raises CannotShare where there is none."""
    found = User.objects.filter(username=name, is_active=True).first() or Team.objects.filter(name=name).first()
    if found is None:
        raise sharing.CannotShare("Nobody and no team on this desk is called so; write the name as Settings has it.")
    return found
