"""Statements: who said what, across cases; the same words in several outlets folded together."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from habeas.accounts.models import User
from habeas.cases import queries
from habeas.cases.casefile import ListedStatement
from habeas.cases.models import Case
from habeas.sources.models import Document
from habeas.web.desk import wording
from habeas.web.desk.repeats import folded_together
from habeas.web.desk.views.request import DeskRequest, asked

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is asked for; "" and None ask for nothing."""

    speaker: str = ""
    organisation: str = ""
    act: str = ""
    words: str = ""
    case: Case | None = None

    def __bool__(self) -> bool:
        return any((self.speaker, self.organisation, self.act, self.words, self.case))


@dataclass(frozen=True, slots=True)
class StatementRows:
    """The statements that fit, as far as they are looked at."""

    user: User
    wanted: Wanted

    def __len__(self) -> int:
        return queries.count_statements(self.user, **self._asked())

    def __getitem__(self, shown: slice) -> list[ListedStatement]:
        return queries.statements(self.user, **self._asked(), offset=shown.start, limit=shown.stop - shown.start)

    def _asked(self) -> dict[str, str | Case | None]:
        return {name: getattr(self.wanted, name) for name in Wanted.__slots__}


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The statements that the user may see and that fit, the newest first; 400 for an act that there is not."""
    wanted = _wanted(request)
    fault = "" if not wanted.act or wanted.act in wording.ACTS else gettext("Choose what was done from the list.")
    shown = Paginator([] if fault else StatementRows(request.user, wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "folded": folded_together(shown.object_list),
        "wanted": wanted,
        "acts": sorted((wording.act_words(act), act) for act in wording.ACTS),
        "fault": fault,
        "has_documents": bool(shown.paginator.count) or Document.objects.visible_to(request.user).exists(),
    }
    return render(request, "desk/statements.html", context, status=400 if fault else 200)


def _wanted(request: DeskRequest) -> Wanted:
    case = asked(request, "case")
    return Wanted(
        speaker=asked(request, "speaker"),
        organisation=asked(request, "organisation"),
        act=asked(request, "act"),
        words=asked(request, "words"),
        case=_case(request.user, case) if case else None,
    )


def _case(user: User, key: str) -> Case:
    visible = Case.objects.visible_to(user).select_related("person")
    return get_object_or_404(visible, pk=int(key) if key.isascii() and key.isdecimal() else 0)
