"""What the desk's templates call: directions, dates, our words for codes, shapes, words that were searched for."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext

from habeas.cases.casefile import Due, Entry, Line, Row
from habeas.core.folding import fold
from habeas.web.desk import shapes, wording
from habeas.web.desk.edtf_words import in_words
from habeas.web.desk.scripts import direction

register = template.Library()


@register.filter
def ltr(value: object) -> SafeString:
    """A number, hash, code or address, kept left to right whatever stands around it."""
    return format_html('<span dir="ltr">{}</span>', value)


@register.filter
def auto(value: object) -> SafeString:
    """A name or other words of unknown script: in their own direction, and unable to disturb what stands around."""
    return format_html('<span dir="auto">{}</span>', value)


@register.filter
def lang_attrs(language: str) -> SafeString:
    """The `lang` and `dir` attributes of a text in that language (BCP 47; empty where unknown)."""
    return format_html('lang="{}" dir="{}"', language, direction(language))


@register.filter
def day(value: str | date | None) -> SafeString | str:
    """An EDTF date or a day in words, in the interface's direction, with the code for machines; "" for none."""
    if not value:
        return ""
    code = value.isoformat() if isinstance(value, date) else value
    return format_html(
        '<time datetime="{}" dir="{}">{}</time>', code, "rtl" if get_language_bidi() else "ltr", in_words(code)
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A time, with its zone; "" for none."""
    if not value:
        return ""
    here = timezone.localtime(value)
    words = f"{date_format(here, 'j F Y')} {here:%H:%M} {here.tzname()}"
    return format_html('<time datetime="{}" dir="auto">{}</time>', value.isoformat(), words)


@register.filter
def words(thing: Line | Row | Entry | Due) -> str:
    """What a state line, a claim or a line of the timeline says, in the interface's language."""
    if isinstance(thing, Line):
        return wording.line_words(thing)
    return wording.claim_words(thing) if isinstance(thing, Row) else wording.entry_words(thing)


@register.filter
def ours(value: str) -> SafeString | str:
    """One of our own English phrases in the interface's language; where the catalogue has none, marked as English."""
    told = gettext(value) if value else ""
    in_english = told == value and (get_language() or "en") != "en"
    return format_html('<span lang="en" dir="ltr">{}</span>', value) if in_english and value else told


@register.filter
def act(value: str) -> str:
    """What is done by a statement, as a verb."""
    return wording.act_words(value)


@register.filter
def manner(value: str) -> str:
    """How a statement is reported: in their own words, or not."""
    return gettext(wording.MANNERS.get(value, value))


@register.filter
def judged(value: str) -> str:
    """What a person said of a claim."""
    return gettext(wording.JUDGED.get(value, value))


@register.filter
def web_address(value: str) -> SafeString:
    """An address, as a link where it is one of the web; it opens without telling the other side where from."""
    if not value.startswith(("https://", "http://")):
        return ltr(value)
    return format_html('<a href="{}" dir="ltr" rel="noreferrer noopener external" target="_blank">{}</a>', value, value)


@register.filter
def family(kind: str) -> str:
    """The family of a kind of claim: custody, basis, protest or profile."""
    return wording.family(kind)


@register.filter
def line_name(value: str) -> str:
    """What a line is called: Custody, Legal basis, Protest and health."""
    return gettext(wording.LINES.get(value, value))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline picture that says nothing of its own."""
    return shapes.icon(name)


@register.simple_tag
def shape(line: str, state: str = "") -> SafeString:
    """The shape of a line, filled by its state: square custody, diamond legal basis, circle protest and health."""
    return shapes.shape(line, wording.fill(state) if state else wording.FULL)


@register.simple_tag(takes_context=True)
def here(context: RequestContext, room: str) -> SafeString | str:
    """Marks the navigation's link to the pages we are on (`room` is the beginning of their addresses' names)."""
    match = context["request"].resolver_match
    return mark_safe(' aria-current="page"') if match and match.url_name.startswith(room) else ""


@register.simple_tag(takes_context=True)
def again(context: RequestContext, **changes: Any) -> str:
    """The query of this page's address with some keys changed; an empty value takes a key out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in {"", None}:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def marked(text: str, query: str) -> SafeString:
    """The text with the words that match a word of the query marked, however they are accented or written."""
    wanted = fold(query).split()
    pieces = re.split(r"(\s+)", text)
    return mark_safe("".join(_marked(piece, wanted) for piece in pieces))  # noqa: S308 - pieces are escaped


def _marked(piece: str, wanted: list[str]) -> str:
    folded = fold(piece)
    hit = folded and any(part.startswith(word) for part in folded.split() for word in wanted)
    return format_html("<mark>{}</mark>", piece) if hit else conditional_escape(piece)
