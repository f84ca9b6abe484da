"""Rules of retention: what of a team goes after how many days, what each does next, and setting and ending them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from habeas.accounts.models import Team, User
from habeas.accounts.roles import Right, teams_of
from habeas.cases import retention
from habeas.cases.models import Case, RetentionRule
from habeas.cases.retention import CannotRetain, Outlook
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.web.desk.allowed import must
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note

FIELDS = ("team", "what", "days", "source", "used")
SHOWN = 20  # of what a rule would remove, before it is set
KINDS = {
    "unconnected": gettext_noop("documents that lead to nobody on file: their file and text"),
    "originals": gettext_noop("the files of documents; their text stays"),
    "closed": gettext_noop("cases of people released, exchanged or deported: all that is held of the person"),
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A rule with its words, and what it does next; None for whoever may not erase."""

    rule: RetentionRule
    what: str
    next: Outlook | None


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """The rules of the user's teams, and for who may erase there what each does next and a form for another."""
    return render(request, "desk/retention.html", _context(request, {}))


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """First what the rule would remove, then with `agreed` the rule; 400 with what is wrong, nothing typed lost.

    403 for who may not erase; 404 for a team that is not theirs.
    """
    must(request, Right.ERASE)
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        team, days = _team(request, given["team"]), _days(given["days"])
        what, source, used = given["what"], given["source"], bool(given["used"])
        if "agreed" not in request.POST:
            return _preview(request, retention.proposed(team, what, days, source=source, used=used), given)
        actor = Actor(request.user.pk, "desk")
        retention.set_rule(team, what, days, source=source, used=used, actor=actor)
    except CannotRetain as fault:
        return render(request, "desk/retention.html", _context(request, given, str(fault)), status=400)
    note(request, gettext("The rule stands. It is first kept tomorrow."))
    return HttpResponseRedirect(reverse("retention"))


@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """Ends the rule; 404 for another team's, 403 for who may not."""
    rule = get_object_or_404(RetentionRule, pk=pk, team__in=teams_of(request.user))
    retention.end(rule, actor=Actor(request.user.pk, "desk"))
    note(request, gettext("The rule is ended. What it removed does not come back."))
    return HttpResponseRedirect(reverse("retention"))


def _preview(request: DeskRequest, rule: RetentionRule, given: dict[str, str]) -> HttpResponse:
    found = retention.due(rule, request.user)
    seen = found[:SHOWN]
    context = {
        "given": given,
        "one": _shown(rule, request.user, {rule.team_id}),
        "count": found.count(),
        "cases": [one for one in seen if isinstance(one, Case)],
        "documents": [one for one in seen if isinstance(one, Document)],
    }
    return render(request, "desk/retention_rule.html", context)


def _context(request: DeskRequest, given: dict[str, str], fault: str = "") -> dict[str, object]:
    may_erase = set(teams_of(request.user, Right.ERASE))
    return {
        "rules": [_shown(rule, request.user, may_erase) for rule in retention.standing(request.user)],
        "teams": Team.objects.filter(pk__in=may_erase).order_by("name"),
        "may_erase": may_erase,
        "kinds": [(code, gettext(words)) for code, words in KINDS.items()],
        "given": given,
        "fault": fault,
    }


def _shown(rule: RetentionRule, user: User, may_erase: set[int]) -> _Shown:
    next_ = retention.outlook(rule, user) if rule.team_id in may_erase else None
    return _Shown(rule, gettext(KINDS[rule.what]), next_)


def _team(request: DeskRequest, told: str) -> Team:
    found = Team.objects.filter(pk__in=teams_of(request.user, Right.ERASE))
    if not (told.isascii() and told.isdecimal() and len(told) < 10):
        raise Http404
    return get_object_or_404(found, pk=int(told))


def _days(told: str) -> int:
    if not (told.isascii() and told.isdecimal() and len(told) < 8):
        raise CannotRetain(gettext("Give the days after which it goes as a number."))
    return int(told)
