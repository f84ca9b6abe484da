"""Lists of names: pasted or a CSV, held against the people on file."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import ListedName, NameList
from habeas.advocacy.models.lists import NameListQuerySet
from habeas.advocacy.queries.lists import reconciled
from habeas.advocacy.services import lists as service
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

LARGEST = 2_000_000  # bytes; more is no list of names


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    """The lists of the user's organisations; posted, another is taken in. 400 with what is wrong."""
    coalition, fault = common.coalition_of(request, pk), ""
    if request.method == "POST":
        partner = common.partner_in(request, coalition)
        try:
            made = service.take_in(
                partner,
                common.posted(request, "title"),
                _data(request),
                kind=common.posted(request, "kind"),
                announced_on=common.day_in(request, "announced_on"),
                actor=common.actor(request),
            )
            return HttpResponseRedirect(reverse("plan-list", args=[pk, made.pk]))
        except PlanError as wrong:
            fault = str(wrong)
    found = NameList.objects.visible_to(request.user).filter(partner__coalition=coalition).select_related("partner")
    answer = common.shown(
        request, coalition, "lists", lists=found.distinct().order_by("-pk"), fault=fault, given=request.POST
    )
    answer.status_code = 400 if fault else 200
    return answer


@require_safe
def page(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """One list, name by name; 404 for whoever does not act for its organisation."""
    coalition = common.coalition_of(request, pk)
    given = common.one_of(_lists(request, pk), key)
    return common.shown(request, coalition, "list_names", given=given, found=reconciled(request.user, given))


@require_POST
def settle(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A name that somebody should look at, settled."""
    given = common.one_of(_lists(request, pk), key)
    name = common.one_of(ListedName.objects.filter(list=given), common.key_in(request, "name"))
    same = common.posted(request, "same") == "yes"
    leads = reverse("plan-list", args=[pk, key])
    return common.done(
        request, lambda: service.settle(name, same, actor=common.actor(request)), gettext("It is settled."), leads
    )


def _lists(request: DeskRequest, pk: int) -> NameListQuerySet:
    coalition = common.coalition_of(request, pk)
    return NameList.objects.visible_to(request.user).filter(partner__coalition=coalition).distinct()


def _data(request: DeskRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").encode()
    if (file.size or 0) > LARGEST:
        raise PlanError(gettext("The file is too large for a list of names; take it in in parts."))
    data: bytes = file.read()
    return data
