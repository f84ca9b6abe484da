"""What stands beside a claim: lengths, day counts, charges, what was denied; one for all, or one for each in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.custody.words import words
from habeas.extraction.dates import DateMention, count_in_days, counted, duration_to_iso
from habeas.extraction.reading import Span

Value = str | int | None

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|a|an|half a)"
)
_LENGTH = re.compile(
    rf"\b{_NUMBER}(?: and a half)?[ -](?:more |further |additional )?(?:year|month|week|day)s?\b(?:,? and a half)?"
    rf"(?:(?:,? and {_NUMBER}|,? \d+) (?:month|week|day)s?\b)?",
    re.IGNORECASE,
)
_MORE_OF = re.compile(r"(?<=[ -])(?:more|further|additional) ", re.IGNORECASE)
_SHORT = re.compile(rf"\bto {_NUMBER}\b(?: and a half)?(?! (?:years?|months?|days?|weeks?|of|other))", re.IGNORECASE)
_LIST = re.compile(
    rf"((?:{_NUMBER}(?: and a half)?(?: (?:years?|months?|days?))?(?:, | and |, and ))+{_NUMBER}(?: and a half)?"
    rf" (?:years?|months?|days?))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\b(?:between|from) {_NUMBER} (?:(?:years?|months?|days?) )?(?:and|to) {_NUMBER}\b", re.IGNORECASE
)
_UNIT = re.compile(r"\b(?:years?|months?|days?|weeks?)\b", re.IGNORECASE)
_AGO = re.compile(r"\s*,?\s*(?:later|ago|earlier|before|after|old)\b", re.IGNORECASE)
_TO_EACH = re.compile(
    rf"\b(?:to|for) ({_LENGTH.pattern}|{_NUMBER}\b(?: and a half)?)(?=\s*(?:[,;.]|$|(?:and|in|on|while|of|behind)\b))",
    re.IGNORECASE,
)
_LEAD = 25  # code points before a term in which "a total of" may stand
_JOINT = re.compile(r"\b(?:a (?:combined )?total of|totalling|combined|between them|altogether)\b", re.IGNORECASE)
_UNITLESS = re.compile(rf"\bfor (?:another |a further )?({_NUMBER})(?=\s*[.,;)]|\s*$| on | in | from )", re.IGNORECASE)
_LONGEST_ORDER = 5  # years; what is longer beside an order is an age or a sentence
_LED = re.compile(
    r"\s*(?:on|in|last|this|yesterday|today)\b[^,.;]{0,25}? (?:with|of) ", re.IGNORECASE
)  # "charged [on Nov 7 with] sedition"
_LIFE = re.compile(r"\b(?:life|death|hang\w*|executed?)\b", re.IGNORECASE)
_CHARGE_END = re.compile(
    r"[.;:]|\((?!\w{1,3}\))|(?<!\(\w)(?<!\(\d\d)\)|,\s|\s-\s|"
    r"\b(?:and (?:was|were|is|has|sentenced|given|jailed|remanded|fined|stripped|sent|ordered|put|took)|"
    r"which|who|that|after|before|since|along with|together with|"
    r"when|while|but|because|according|have|has|had|will|would|"
    r"in (?:a case|connection|absentia|\d{4}|(?-i:[A-Z])\w+ \d{4})|on (?:\w+day|\d)|last|by (?:a|the) (?:court|judge)|"
    r"under (?:the|article|section)|without (?:charge|trial|evidence|a lawyer)|respectively|over|said|plus)\b|$",
    re.IGNORECASE,
)
_NEAR_LENGTH = 110
_QUOTED = re.compile(r'\s*(?:the )?"([^"]{2,80}?)[,.]?"')
_MORE = re.compile(r'\s*(?:,| and|, and)\s*"([^"]{2,80}?)[,.]?"')


def lengths(scene: Scene, sentence: Sentence, span: Span, n: int) -> list[str | None]:
    """ISO durations for `n` subjects: one each where a list gives one each, else the nearest for all."""
    after = scene.text[span[0] : sentence.end]
    listed = _listed(after, n) if n > 1 else None
    if listed:
        return list(listed)
    short = _UNITLESS.search(scene.text, span[0], min(sentence.end, span[1] + _NEAR_LENGTH))
    nearest = _with_unit(short.group(1), sentence.text) if short else _nearest_length(scene, sentence, span)
    too_long = re.fullmatch(r"P(\d+)Y.*", nearest or "")
    return [None if too_long and int(too_long.group(1)) > _LONGEST_ORDER else nearest] * n


def _listed(after: str, n: int) -> list[str] | None:
    if not re.search(r"respectively|,? and ", after):
        return None
    for found in _LIST.finditer(after):
        text = found.group(1)
        pieces = [p for p in re.split(r",? and (?!a half)|, ", text) if p]
        if len(pieces) != n:
            continue
        unit = _UNIT.findall(text)[-1]
        values = [duration_to_iso(p if _UNIT.search(p) else f"{p} {unit}") for p in pieces]
        if all(values):
            return [v for v in values if v]
    return None


def _one_each(after: str, n: int) -> list[str] | None:
    """The terms of people who are each given theirs: "to five years and Y to three"."""
    told = [found.group(1) for found in _TO_EACH.finditer(after)]
    unit = next((found for text in told for found in _UNIT.findall(text)), None)
    if len(told) != n or unit is None:
        return None
    found = [duration_to_iso(text if _UNIT.search(text) else f"{text} {unit}") for text in told]
    return [value for value in found if value] if all(found) else None


def _nearest_length(scene: Scene, sentence: Sentence, span: Span) -> str | None:
    best: tuple[int, str] | None = None
    for found in _LENGTH.finditer(scene.text, max(sentence.start, span[0] - 60), min(sentence.end, span[1] + 110)):
        iso = duration_to_iso(_MORE_OF.sub("", found.group()))
        if iso is None or _AGO.match(scene.text, found.end()):
            continue
        before = scene.text[max(0, found.start() - 12) : found.start()].casefold()
        if re.search(r"(?:after|since|aged|last|past|every|first|within|from|nearly|after spending) $", before):
            continue
        cost = _cost(scene.text, span, found.span())
        if best is None or cost < best[0]:
            best = (cost, iso)
    return best[1] if best and best[0] < 130 else None


def _cost(text: str, span: Span, at: Span) -> int:
    if at[0] >= span[0]:
        between = text[span[1] : at[0]] if at[0] > span[1] else ""
        cost = max(0, at[0] - span[1])
    else:
        between, cost = text[at[1] : span[0]], span[0] - at[1] + 40
    return cost + 50 * len(re.findall(r";|\b(?:who|which|after|before|while|since)\b|, and ", between))


def reduced(scene: Scene, sentence: Sentence, span: Span, n: int) -> tuple[list[str | None], list[str | None]]:
    """What a term or order was cut to, and from, for `n` subjects; units left out are taken from beside them."""
    text = scene.text[span[0] : sentence.end]
    froms = [duration_to_iso(m) for m in re.findall(rf"from ({_LENGTH.pattern})", text, re.IGNORECASE)]
    tos = [
        _with_unit(m.group()[3:], text, sentence.text)
        for m in re.finditer(rf"\bto (?:{_LENGTH.pattern}|{_NUMBER}\b(?: and a half)?)", text)
    ]
    tos = [t for t in tos if t]
    return _spread(tos, n), _spread(froms, n)


def _with_unit(words_: str, *beside: str) -> str | None:
    if _UNIT.search(words_):
        return duration_to_iso(words_)
    unit = next(filter(None, map(_UNIT.search, beside)), None)
    return duration_to_iso(f"{words_} {unit.group()}") if unit else None


def _spread(values: Sequence[str | None], n: int) -> list[str | None]:
    if len(values) == n:
        return list(values)
    return [values[0] if len(values) >= 1 and n == 1 else None] * n


def term(scene: Scene, sentence: Sentence, span: Span, n: int) -> list[str | None]:
    """Sentences passed on `n` subjects: durations, "life" or "death"."""
    near = scene.text[span[0] : min(sentence.end, span[1] + 40)]
    if n > 1:
        after = scene.text[span[0] : sentence.end]
        if _RANGE.search(after):
            return [None] * n
        listed = _listed(after, n) or _one_each(after, n)
        if listed:
            return list(listed)
        if _JOINT.search(scene.text, max(sentence.start, span[0] - _LEAD), sentence.end):
            return [None] * n
    deadly = _LIFE.search(near)
    length = _nearest_length(scene, sentence, span)
    if deadly and not (length and _LENGTH.search(near) and _LENGTH.search(near).start() < deadly.start()):  # type: ignore[union-attr]
        word = deadly.group().casefold()
        return ["life" if word == "life" else "death"] * n
    return [length] * n


def days(
    scene: Scene, sentence: Sentence, span: Span, mentions: Sequence[DateMention], n: int, *, over: bool
) -> list[int | None]:
    """The day counts of a strike: the nearest count or length in days, or one each in a list. `over`: it has ended."""
    listed = _listed_days(scene.text[span[0] : sentence.end]) if n > 1 else []
    each = list(_EACH.finditer(scene.text, span[1], sentence.end))
    listed = listed or [int(at[1]) for at in each]
    if n > 1 and len(listed) == n:
        return list(listed)
    if len(each) > 1:
        return [None] * n  # each has a count of their own
    window = (max(sentence.start, span[0] - 90), min(sentence.end, span[1] + 110))
    since = None if over else _since(scene.text, span, window)
    found = counted(mentions, span, window, scene.page)
    if since or found is None:
        return [since] * n
    between = scene.text[min(span[1], found.end) : max(span[0], found.start)]
    if re.search(r";|\b(?:after losing|sentenced|weigh)\b", between) or _not_a_strike(scene.text, found, over=over):
        return [None] * n
    return [count_in_days(found)] * n


def _since(text: str, span: Span, window: Span) -> int | None:
    """How many days go by the count that translated texts put behind "since": "is on strike since sixty days"."""
    found = SINCE_COUNT.search(text, span[0], window[1])
    iso = duration_to_iso(found[1]) if found else None
    days_ = re.fullmatch(r"P(\d+)([DW])", iso or "")
    return int(days_[1]) * (7 if days_[2] == "W" else 1) if days_ else None


SINCE_COUNT = re.compile(
    rf"\bsince (?:about |more than |over |nearly )?({_NUMBER} (?:days?|weeks?|months?))\b", re.IGNORECASE
)
_DAYS = re.compile(
    r"\bfor ((?:\d+(?:, | and |, and ))+\d+) days|"
    r"((?:(?:the )?(?:day )?\d+(?:st|nd|rd|th)?(?:, | and |, and ))+(?:the )?(?:day )?"
    r"\d+(?:st|nd|rd|th)?)(?= day| of (?:their|his|the) )",
    re.IGNORECASE,
)


_EACH = re.compile(r"\((\d+)(?:st|nd|rd|th)? days?\)", re.IGNORECASE)


def _listed_days(near: str) -> list[int]:
    found = _DAYS.search(near)
    return [int(number) for number in re.findall(r"\d+", found.group())] if found else []


def _not_a_strike(text: str, found: DateMention, *, over: bool) -> bool:
    around = text[max(0, found.start - 25) : found.start].casefold()
    behind = text[found.end : found.end + 14].casefold()
    length_of_it = re.search(r"after\s*$", around) and over
    stray = re.search(r"(?:after|within|sentenced to|last|past two|every|in solitary|suspended [\w ]+for)\s*$", around)
    return bool(stray) and not length_of_it and not re.match(r"\s*(?:of|without|on)", behind)


def charges(scene: Scene, sentence: Sentence, span: Span) -> list[str]:
    """The charges named after the trigger, as the text has them; several where each is in its own quotation marks."""
    led = _LED.match(scene.text, span[1], sentence.end)
    first = led.end() if led else span[1]
    rest = scene.text[first : sentence.end]
    quoted = _QUOTED.match(rest)
    if quoted:
        found, at = [(quoted.start(1), quoted.end(1))], quoted.end()
        while (more := _MORE.match(rest, at)) is not None:
            found.append((more.start(1), more.end(1)))
            at = more.end()
        return [scene.page.text[first + a : first + b] for a, b in found]
    end = _CHARGE_END.search(rest)
    text = rest[: end.start() if end else len(rest)].strip(' "')
    return [text] if 2 < len(text) <= 90 else []


@cache
def _table(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return words().values[kind]


def denied_thing(text: str) -> str:
    """What was denied, by the words for it: family_visit, lawyer, medical_care, contact or other."""
    first: tuple[int, str] | None = None
    for value, pattern in _table("denial"):
        found = pattern.search(text)
        if found and value != "other" and (first is None or found.start() < first[0]):
            first = (found.start(), value)
    return first[1] if first else "other"


_TOLD_OF = re.compile(
    r"^(?:with|who|which|(?:who )?(?:is|was|are|were)|had(?= (?:lost|dropped|gone|become|fallen))|have(?= gone)|"
    r"suffer(?:s|ed)(?: from)?|his|her|their) ",
    re.IGNORECASE,
)
_GONE = re.compile(r"^gone (?=blind|deaf)", re.IGNORECASE)


def symptom(text: str) -> str:
    """The words of a symptom without those that only tie it to the person: "who is diabetic" gives "diabetic"."""
    while (found := _TOLD_OF.match(text)) is not None:
        text = text[found.end() :]
    return _GONE.sub("", text).strip()


_COUNT_OF = re.compile(
    r"\b(?:charges?|counts?|accusations?|articles?) (?:of|about) "
    r"(\"[^\"]{2,60}\"|(?:[\w-]+ ){0,5}?[\w-]+)(?= (?:was|were|has|have|had|against|is|in|that|the|himself)\b|[,.;]|$)|"
    r"\b(?!the|all|these|those|his|her|their|other|new|any)([\w-]+) (?:charges?|counts?)\b",
    re.IGNORECASE,
)


def charge_dropped(scene: Scene, sentence: Sentence, span: Span) -> str | None:
    """The charge that a withdrawal names, as the text has it; None where it names none."""
    found = _COUNT_OF.search(scene.text, max(sentence.start, span[0] - 30), min(sentence.end, span[1] + 60))
    if found is None:
        return None
    group = 1 if found.group(1) else 2
    return scene.page.text[found.start(group) : found.end(group)].strip(' "“”')
