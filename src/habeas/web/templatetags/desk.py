"""What the desk's templates call: directions, dates, our words for codes, shapes, words that were searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, get_language_info, gettext

from habeas.cases.casefile import Conflict, Due, Entry, Line, Order, Period, Row, Spans, Strike
from habeas.cases.queries.queue import Task
from habeas.extraction import edtf
from habeas.web.desk import phrases, role_words, sentences, shapes, wording
from habeas.web.desk.cards import Foot
from habeas.web.desk.chart import Stretch
from habeas.web.desk.edtf_words import in_words
from habeas.web.desk.scripts import direction
from habeas.web.desk.why import RESTS, TASKS, WHY

T = TypeVar("T")
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
def role(code: str) -> str:
    """A role in a team, in the interface's language."""
    return gettext(role_words.ROLES[code])


@register.filter
def role_does(code: str) -> str:
    """What a role lets a person do, in the interface's language."""
    return gettext(role_words.DOES[code])


@register.filter
def words(thing: Line | Row | Entry | Due) -> str:
    """What a state line, a claim or a line of the timeline says, in the interface's language."""
    if isinstance(thing, Line):
        return wording.line_words(thing)
    return wording.claim_words(thing) if isinstance(thing, Row) else wording.entry_words(thing)


@register.filter
def once(rows: Sequence[Row]) -> list[Row]:
    """The claims, those that stand in the same words once."""
    return list({(row.passage.document, row.passage.words): row for row in reversed(rows)}.values())[::-1]


@register.filter
def newest(found: Sequence[T], most: int | None) -> Sequence[T]:
    """The last of them, so many; None is all."""
    return found if most is None else found[-most:]


@register.filter
def filled(entry: Entry) -> str:
    """How full the shape beside a line of the timeline is: empty where it is not told as having happened."""
    return "" if entry.modality == "actual" else "none"


@register.filter
def parts(line: Line) -> list[str]:
    """The state of a line, then what is told beside it."""
    return wording.line_parts(line)


@register.filter
def ours(value: str) -> SafeString | str:
    """One of our own English phrases in the interface's language; where it has no words for it, marked as English."""
    if not value or phrases.is_ours(value):
        return phrases.in_interface(value) if value else ""
    return format_html('<span lang="en" dir="ltr">{}</span>', value)


@register.filter
def refused(sentence: str) -> SafeString | str:
    """Why something was refused, in the interface's language; a sentence that it has no words for as it is."""
    return sentences.refusal(sentence) or auto(sentence)


@register.filter
def because(reason: str) -> str:
    """Why two names may be one person's, in the interface's language."""
    return sentences.reason(reason)


@register.filter
def holds(value: str) -> str:
    """What one side of a conflict holds."""
    return wording.side_words(value)


@register.filter
def about(conflict: Conflict) -> str:
    """What a conflict is about, in the interface's language."""
    return phrases.in_interface(conflict.label)


@register.filter
def drawn(stretch: Stretch) -> str:
    """What a mark of the drawing stands for, in the interface's language."""
    what = stretch.what
    return phrases.in_interface(what.label) if isinstance(what, (Line, Order, Strike, Period)) else str(what)


@register.filter
def days(stretch: Stretch) -> str:
    """The day or days of a mark of the drawing, as plain words."""
    first, last = stretch.first.isoformat(), stretch.last.isoformat()
    return in_words(first if first == last else f"{first}/{last}")


@register.filter
def stretch(shown: Stretch) -> SafeString:
    """The day or days of a mark of the drawing; where it goes on, only since when."""
    first, last = shown.first.isoformat(), ".." if shown.open else shown.last.isoformat()
    return format_html("{}", day(first if first == last else f"{first}/{last}"))


@register.filter
def before(value: str, on: date) -> bool:
    """Whether an EDTF date is over before that day."""
    last = edtf.latest(value)
    return last is not None and last < on


@register.filter
def language(code: str) -> str:
    """What a language is called in the interface's language; the code itself where Django knows no name."""
    try:
        return gettext(get_language_info(code)["name"])
    except KeyError:
        return code


@register.filter
def of(table: Mapping[int, str], key: int) -> str:
    """What the table has for the key; "" where it has nothing."""
    return table.get(key, "")


@register.filter
def act(value: str) -> str:
    """What is done by a statement, as a verb."""
    return wording.act_words(value)


@register.filter
def manner(value: str) -> str:
    """How a statement is reported: in their own words, or not."""
    return gettext(wording.MANNERS.get(value, value))


@register.filter
def verdict(value: str) -> str:
    """Whether a name in a document is taken for the person."""
    return gettext(wording.VERDICTS.get(value, value))


@register.filter
def why(reason: str) -> str:
    """Why a case waits, in the interface's language."""
    return gettext(WHY.get(reason, reason))


@register.filter
def task_why(task: Task) -> str:
    """Why one thing waits, in the interface's language."""
    return gettext(RESTS[task.rests] if task.kind == "claim" and task.rests in RESTS else TASKS[task.kind])


@register.filter
def task_foot(task: Task) -> Foot | None:
    """The foot of the card of a claim or statement that waits."""
    told = task.waits and (task.waits.row or task.waits.said)
    return Foot.of(told) if told else None


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
def here(context: RequestContext, *rooms: str) -> SafeString | str:
    """Marks the navigation's link to the pages we are on (`rooms` are the beginnings of their addresses' names)."""
    match = context["request"].resolver_match
    return mark_safe(' aria-current="page"') if match and match.url_name.startswith(rooms) else ""


@register.simple_tag(takes_context=True)
def just_done(context: RequestContext) -> Mapping[str, Any] | None:
    """What was just done, told once: `words`, and `things`, the [kind, key] pairs that take it back; else None."""
    session = getattr(context.get("request"), "session", None)
    done: Mapping[str, Any] | None = session.pop("done", None) if session is not None else None
    return done


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
def marked(text: str, spans: Spans) -> SafeString:
    """The text with the words at these places marked."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [conditional_escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
            at = end
    return mark_safe("".join([*pieces, conditional_escape(text[at:])]))  # noqa: S308 - every piece is escaped
