"""Putting a claim or statement right, and adding a claim from words of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from habeas.cases import by_hand, judging, queries
from habeas.cases.fold import labels
from habeas.cases.models import Claim, Sighting, Statement
from habeas.cases.shown import Card, DocumentView
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.web.desk import choosing, lit
from habeas.web.desk.views.request import DeskRequest

Given = dict[str, Any]  # what the fields of the form hold: text, or a list of text
CLAIM_FIELDS = ("what", "modality", "date", "value", "place", "actor", "subject", "words")
STATEMENT_FIELDS = ("speaker", "role", "organisation", "manner", "target", "outlet", "words", "condition")
STATEMENT_LISTS = ("acts", "about")
NOT_THERE = gettext_noop("These words do not stand in the text like that. Copy them from it.")
NOTHING = gettext_noop("Nothing is put right: every field is as it was.")


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The form that puts a claim right; posted, back to its card. 404 for what they may not see, 400 what is wrong."""
    view, card = _card(request, pk, f"c{key}")
    found = get_object_or_404(Claim, pk=key)
    before = _claim_as_it_is(card)
    given = _given(request, CLAIM_FIELDS) if request.method == "POST" else before

    def save(actor: Actor, reason: str) -> None:
        changes = _claim_changes(given, before, view.text, _near(request, card))
        judging.mend(found, changes, actor=actor, reason=reason)

    return _answer(request, view, card, given, save, "claim")


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The form that puts a statement right; posted, back to its card. 404 and 400 as for a claim."""
    view, card = _card(request, pk, f"s{key}")
    found = get_object_or_404(Statement, pk=key)
    before = _statement_as_it_is(found, card)
    given = before
    if request.method == "POST":
        given = _with_hidden(_given(request, STATEMENT_FIELDS, STATEMENT_LISTS), before, view)

    def save(actor: Actor, reason: str) -> None:
        changes = _statement_changes(given, before, view.text, _near(request, card))
        judging.mend(found, changes, actor=actor, reason=reason)

    return _answer(request, view, card, given, save, "statement")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """The form for a claim that the reader passed over, from `?words=…&near=PLACE`; posted, to its new card."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    view = queries.document_view(document, request.user)
    if request.method == "POST":
        given = _given(request, (*CLAIM_FIELDS, "name"))
    else:
        words = request.GET.get("words", "")
        given = {"what": "arrest/done", "modality": "actual", "words": words, "subject": _only_case(view)}
    made: list[int] = []

    def save(actor: Actor, reason: str) -> None:
        said = _claim_changes(given, dict.fromkeys(CLAIM_FIELDS, ""), view.text, _near(request))
        said.pop("subject", None)
        with transaction.atomic():
            subject = _subject(document, given, view.text, actor)
            made.append(by_hand.add_claim(document, said, subject, actor=actor, reason=reason).pk)

    return _answer(request, view, None, given, save, "added", made)


def _card(request: DeskRequest, pk: int, key: str) -> tuple[DocumentView, Card]:
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    view = queries.document_view(document, request.user)
    card = next((card for card in view.cards if card.key == key), None)
    if card is None:
        raise Http404
    return view, card


def _answer(
    request: DeskRequest,
    view: DocumentView,
    card: Card | None,
    given: Given,
    save: Callable[[Actor, str], None],
    what: str,
    made: list[int] | None = None,
) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            save(Actor(request.user.pk, "desk"), request.POST.get("reason", "").strip())
            at = card.key if card else f"c{made[0]}" if made else ""
            return HttpResponseRedirect(f"{reverse('document', args=[view.document])}#k-{at}")
        except judging.CannotJudge as wrong:
            fault = str(wrong)
    return render(
        request, "desk/mend.html", _context(request, view, card, given, what, fault), status=400 if fault else 200
    )


def _context(
    request: DeskRequest, view: DocumentView, card: Card | None, given: Given, what: str, fault: str
) -> dict[str, Any]:
    words = [lit.Lit(card.key, 0, "statement", card.spans)] if card else []
    return {
        "view": view,
        "card": card,
        "given": given,
        "what": what,
        "fault": fault,
        "reason": request.POST.get("reason", ""),
        "near": _near(request, card),
        "paragraphs": lit.placed(view.text, words),
        "events": choosing.events(),
        "modalities": choosing.modalities(),
        "manners": choosing.manners(),
        "acts": choosing.acts(),
        "names": _names(view),
    }


def _names(view: DocumentView) -> list[choosing.Option]:
    """Everybody whom the reading names, once, in the order of the text."""
    named = {mention.sighting: mention for mention in view.mentions}
    return [choosing.Option(str(key), mention.name) for key, mention in named.items() if mention.kind != "place"]


def _only_case(view: DocumentView) -> str:
    """Who the document is about, where it is about one person with a case; else ""."""
    about = {mention.sighting for mention in view.mentions if mention.case}
    return str(about.pop()) if len(about) == 1 else ""


def _given(request: DeskRequest, fields: tuple[str, ...], lists: tuple[str, ...] = ()) -> Given:
    told: Given = {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in fields}
    return told | {name: request.POST.getlist(name) for name in lists}


def _with_hidden(given: Given, before: Given, view: DocumentView) -> Given:
    """What the form sent, and in their places those whom it cannot offer: people whose files are hidden."""
    offered = {str(mention.sighting) for mention in view.mentions}
    kept = {name: before[name] for name in ("speaker", "target") if not given[name] and before[name] not in offered}
    return {**given, **kept, "about": [*given["about"], *(key for key in before["about"] if key not in offered)]}


def _near(request: DeskRequest, card: Card | None = None) -> int:
    told = request.POST.get("near") or request.GET.get("near") or ""
    if told.isascii() and told.isdecimal() and len(told) < 10:
        return int(told)
    return card.spans[0][0] if card and card.spans else 0


def _claim_as_it_is(card: Card) -> Given:
    row = card.row
    if row is None:
        raise Http404
    return {
        "what": f"{row.kind}/{row.phase}",
        "modality": row.modality,
        "date": row.date,
        "value": labels.length(row.value),
        "place": row.place,
        "actor": row.actor,
        "subject": str(row.subject),
        "words": row.passage.words.strip(),
    }


def _claim_changes(given: Given, before: Given, text: str, near: int) -> dict[str, Any]:
    changed = {name for name in CLAIM_FIELDS if given.get(name, "") != before[name]}
    if not changed:
        raise judging.CannotJudge(gettext(NOTHING))
    found: dict[str, Any] = {name: given[name] for name in ("modality", "date", "place", "actor") if name in changed}
    if "what" in changed:
        found["kind"], _, found["phase"] = given["what"].partition("/")
    if "value" in changed:
        found["value"] = choosing.as_value(given["value"])
    if "subject" in changed:
        found["subject"] = _key(given["subject"])
    if "words" in changed:
        found["evidence"] = _places(text, given["words"], near)
    return found


def _statement_as_it_is(found: Statement, card: Card) -> Given:
    """The statement's fields as they stand, put right where somebody did."""
    said = card.said
    if said is None:
        raise Http404
    newest = judging.standing(found).filter(verdict="mend", settles=True).last()
    mended = (newest.mended if newest else None) or {}
    about = mended.get("about", list(found.about.values_list("pk", flat=True)))
    return {
        "speaker": str(mended.get("speaker", found.speaker_id) or ""),
        "target": str(mended.get("target", found.target_id) or ""),
        "about": [str(key) for key in about],
        "role": said.role,
        "organisation": said.organisation,
        "manner": said.manner,
        "acts": list(said.acts),
        "outlet": said.outlet,
        "words": said.passage.words.strip(),
        "condition": said.condition.strip(),
    }


def _statement_changes(given: Given, before: Given, text: str, near: int) -> dict[str, Any]:
    changed = {name for name in STATEMENT_FIELDS if given[name] != before[name]}
    changed |= {name for name in STATEMENT_LISTS if set(given[name]) != set(before[name])}
    if not changed:
        raise judging.CannotJudge(gettext(NOTHING))
    plain = ("role", "organisation", "manner", "outlet", "acts")
    found: dict[str, Any] = {name: given[name] for name in plain if name in changed}
    found |= {name: _key(given[name]) if given[name] else None for name in ("speaker", "target") if name in changed}
    if "about" in changed:
        found["about"] = [_key(key) for key in given["about"]]
    if "words" in changed:
        found["content_spans"] = _places(text, given["words"], near)
    if "condition" in changed:
        found["condition"] = list(_places(text, given["condition"], near)[0]) if given["condition"] else None
    return found


def _places(text: str, words: str, near: int) -> list[list[int]]:
    found = choosing.located(text, words, near)
    if not found:
        raise judging.CannotJudge(gettext(NOT_THERE))
    return [list(place) for place in found]


def _key(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() else 0


def _subject(document: Document, given: Given, text: str, actor: Actor) -> Sighting:
    """Whom the claim is about: the name that is written, as it stands in the text, else somebody from the list."""
    if given["name"]:
        return by_hand.add_sighting(document, _places(text, given["name"], 0), actor=actor)
    chosen = Sighting.objects.filter(pk=_key(given["subject"]), reading__document=document).first()
    if chosen is None:
        raise judging.CannotJudge(gettext("Say whom it is about: choose a name, or write it as the text has it."))
    return chosen
