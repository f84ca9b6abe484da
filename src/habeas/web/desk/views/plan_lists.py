"""Lists of names: pasted, in a file or inside a document, held against the people on file."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, ListedName, NameList
from habeas.advocacy.models.lists import NameListQuerySet
from habeas.advocacy.name_lists import is_document, names_in
from habeas.advocacy.queries.lists import names_of, reconciled
from habeas.advocacy.services import lists as service
from habeas.sources.models import Document
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

LARGEST = 2_000_000  # bytes; more is no list of names


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    """The lists of the user's organisations; posted, another is taken in. 400 with what is wrong.

    `?document=N` fills the form with what looks like a list of names in that document, and so does a posted PDF or Word
    file: a person looks the names through before they are held against anybody.
    """
    coalition, fault = common.coalition_of(request, pk), ""
    document = _document(request)
    given = request.POST.dict()
    try:
        if request.method != "POST":
            given["text"] = "\n".join(names_of(document)) if document else ""
        elif is_document(data := _data(request)):
            given["text"], given["look"] = "\n".join(names_in(data)), "yes"
        else:
            return _taken(request, coalition, data, document)
    except PlanError as wrong:
        fault = str(wrong)
    found = NameList.objects.visible_to(request.user).filter(partner__coalition=coalition).select_related("partner")
    lists = found.distinct().order_by("-pk")
    answer = common.shown(request, coalition, "lists", lists=lists, document=document, fault=fault, given=given)
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


def _taken(request: DeskRequest, coalition: Coalition, data: bytes, document: Document | None) -> HttpResponse:
    made = service.take_in(
        common.partner_in(request, coalition),
        common.posted(request, "title"),
        data,
        kind=common.posted(request, "kind"),
        announced_on=common.day_in(request, "announced_on"),
        document=document,
        actor=common.actor(request),
    )
    return HttpResponseRedirect(reverse("plan-list", args=[coalition.pk, made.pk]))


def _document(request: DeskRequest) -> Document | None:
    """The document that the form or the address names; None for none, 404 for one that the user does not see."""
    key = common.key_in(request, "document")
    return common.one_of(Document.objects.visible_to(request.user), key) if key else None


def _data(request: DeskRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").encode()
    if (file.size or 0) > LARGEST:
        raise PlanError(gettext("The file is too large for a list of names; take it in in parts."))
    data: bytes = file.read()
    return data
