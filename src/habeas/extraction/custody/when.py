"""Which date a claim carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from habeas.extraction.custody.event import Event, stolen
from habeas.extraction.custody.following import (
    after_a_while,
    by_the_heading,
    counted_from,
    ended_on,
    from_the_first,
    in_the_day,
)
from habeas.extraction.custody.lasting import begun_on, state_of
from habeas.extraction.custody.reckoning import stretched, to_come, value_of, without_season
from habeas.extraction.custody.scene import Scene
from habeas.extraction.dates import DateMention, date_for, held
from habeas.extraction.dates.choose import distance

_FAR = 80  # a date further away than this, clause boundaries counted, is somebody else's
_UNTIL = re.compile(r"\b(?:to|until|till|for|up to)\s+(?:the\s+|a\s+session\s+(?:of|on)\s+)?$", re.IGNORECASE)
_SET_FOR = re.compile(
    r"\b(?:set|due|scheduled|fixed|planned|held|heard)\s+(?:for|on|to\s+\w+\s+on)?\s*(?:last\s+)?$", re.IGNORECASE
)
_AHEAD = {("hearing", "scheduled"), ("order", "expires")}
_MOVED = {("hearing", "postponed"), ("order", "renewed"), ("order", "issued")}
_DATELESS = {("charge", "brought")}
_NEVER_DATED = {
    ("release", "promised"),
    ("exchange", "proposed"),
}  # the dates beside them are those of what is promised
_CHARGED = re.compile(
    r"charg(?:ed|es)\b|indicted|opened|filed|imputed|brought|added|questioned|booked|named", re.IGNORECASE
)
_BEGUN_EARLIER = {"arrest", "sentence", "disappearance", "release", "hospitalisation"}  # "judged with life since 2014"
_FREE_SINCE = re.compile(r"[^,;:.]{0,40}")  # "on furlough [since July]", not "freed: X, held [since July]"
_BY = 14  # how far before a sentence may stand that it was served: "completed his [three-year sentence]"
_SERVED = re.compile(r"\b(?:serv(?:ing|ed|es?)|complet\w+|finish\w*|ran out)\b", re.IGNORECASE)
_MADE = re.compile(
    r",? ?(?:(?:that|which) (?:was|were) )?(?:passed|handed|imposed|given|issued|pronounced|signed|slapped)\b"
    r"[^,;.]{0,60}",
    re.IGNORECASE,
)  # what stands between a thing and the day it was made: "a sentence passed on her in April"
_OVER = {("hunger_strike", "ended"), ("hunger_strike", "suspended"), ("isolation", "end")}
_BEGUN = re.compile(
    r"\b(?:he|she|they|which|that) (?:had |has )?(?:himself |herself )?"
    r"(?:began|begun|started|launched|declared|announced|been|kept|entered)\b[^,;.]*$",
    re.IGNORECASE,
)
_SINCE_TAKEN = re.compile(
    r"(?:\s+since)?\s+(?:(?:he|she|they) (?:was|were|had been) (?:arrested|detained|taken|jailed|seized)|"
    r"(?:his|her|their) (?:arrest|detention|capture))\s+(?:(?:on|in|at)\s+)?",
    re.IGNORECASE,
)  # "has not eaten since he was arrested on [3 May]"
_OF_A_RULING = re.compile(
    r"\b(?:sentence|term|verdict|conviction|judge?ment|order|ruling|decision)s?,? "
    r"(?:that was |which was )?(?:passed|handed down|imposed|given|issued|pronounced|signed|slapped)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_ON_APPEAL = re.compile(
    r"\b(?:upheld|let stand|annulled|quashed|overturned|cut|reduced|commuted|confirmed|knocked off|appeal)\b",
    re.IGNORECASE,
)  # "got ten years, which the Supreme Court let stand in December"
_OPENING = 14  # a date that opens its sentence, with "Background:" before it at most, dates all that the sentence tells
# Rulings are news on the day: without a date they are of the day told before, or of the day of publication.
_RULED = {
    ("order", "renewed"),
    ("order", "shortened"),
    ("hearing", "held"),
    ("sentence", "reduced"),
    ("sentence", "upheld"),
    ("release", "ordered"),
    ("release", "refused"),
    ("appeal", "rejected"),
}
_IN_COURT = _RULED | {("release", "done"), ("order", "issued"), ("order", "cancelled"), ("order", "upheld")}
_RULING = re.compile(
    r"\b(?:acquit\w*|clear(?:ed|s)|dismiss\w*|quash\w*|annul\w*|overturn\w*|struck|set aside|threw out|thrown out|"
    r"drop(?:ped|s)|sentenc\w+|convict\w*|found (?:not )?guilty|ruled|upheld|reject\w*|refus\w+|den(?:ied|ies)|"
    r"turned down|revok\w+|cancel\w*|withdr\w+|adjourn\w*|charged|pardon\w*|appeared|produced|brought before)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\b(?:arrest|detain|seiz|abduct|kidnap|picked up|taken from|captur)\w*\b", re.IGNORECASE)
_AND_SO = re.compile(
    r"(?:[^,;.]{0,50},)? ?(?:and|but|which|who|where it) [^,;.]{0,40}|[^,;.]{0,50}, (?=\w+ing\b)[^,;.]{0,10}",
    re.IGNORECASE,
)
_FREED = {"release", "exchange", "deportation"}
_DATED_BY = {("order", "issued"), ("sentence", "passed")}
_WHEN_MADE = re.compile(
    r"\b(?:issued|signed|dated|imposed|served|handed down|renewed|confirmed)(?: (?:on|in))?(?: the)? $"
)  # "the order, issued on [9 March], is to end on 8 September"
_HELD_THEN = re.compile(
    r"\b(?:jailed|imprisoned|detained|arrested|held|convicted|sentenced)"
    r"(?: (?:since|in|on|last|from|at \w+ in))?(?: the)? $",
    re.IGNORECASE,
)
_ANOTHER_CLAUSE = re.compile(
    r"[,;] (?:but|while|whereas|although|though) "
)  # "granted bail, but was still held [on Monday]"
_OF_A_PAPER = re.compile(r"\b(?:order|decree|decision|verdict|sentence|ruling|judge?ment) (?:of|dated|from) (?:the )?$")
_SHARING = {
    ("sentence", "passed"),
    ("sentence", "overturned"),
    ("transfer", "done"),
    ("hospitalisation", "admitted"),
    ("arrest", "done"),
    ("release", "done"),
    ("release", "ordered"),
    ("release", "refused"),
    ("order", "issued"),
    ("order", "renewed"),
    ("order", "shortened"),
    ("order", "cancelled"),
    ("exchange", "done"),
    ("death", "done"),
    ("deportation", "done"),
    ("ill_treatment", "done"),
    ("hunger_strike", "ended"),
}
_DENIED_NEAR = 25
_DENIED_ON = {"release", "arrest", "order", "isolation", "transfer", "ill_treatment"}
_WHEN_IT = re.compile(
    r",? (?:when|as|on which|the (?:day|date)(?: on which| when| that)?) (?:[\w'-]+ ){0,6}", re.IGNORECASE
)  # "will be freed on Sunday, when his order [runs out]"
_DATELINE = re.compile(r"[^a-z\n]{0,60}(?:[a-z]+\.?,? ?){0,4}\d*$")  # what stands before the date of a dateline
_DATELINE_END = re.compile(r"(?:,? \d{4})?\s*(?:\([^)\n]{1,40}\)\s*)?[-–—:]")
_NEXT = re.compile(r"\b(?:then|later|afterwards|after which|subsequently)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:had|earlier|previous|previously|before|after|once|first|then|ago|already)\b", re.IGNORECASE
)


def dates_of(
    scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None, n: int
) -> list[str | None]:
    """EDTF dates for the `n` subjects of one event: one each where a list gives one each, else the same for all."""
    return [without_season(value) for value in _dates_of(scene, event, mentions, published, n)]


def _dates_of(
    scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None, n: int
) -> list[str | None]:
    what = (event.kind, event.phase)
    inside = [m for m in mentions if event.sentence.start <= m.start and m.end <= event.sentence.end]
    if event.modality in ("demanded", "hypothetical"):
        return [None] * n
    if event.nominal or (what == ("sentence", "passed") and _served(scene, event)):
        return [_told_beside(scene, event, inside)] * n
    if event.phase == "ongoing" or event.kind == "denial":
        begun = begun_on(scene, event, mentions)
        return [held(begun, published) if begun else state_of(scene, event, inside, published)] * n
    if event.modality == "denied":
        return [_denied_on(scene, event, inside)] * n
    if what in _NEVER_DATED or (what in _DATELESS and not _charged(scene, event)):
        return [None] * n
    spread = _respectively(scene, event, inside, n) if what != ("order", "renewed") else None
    return list(spread) if spread else [_date_of(scene, event, mentions, published)] * n


def _denied_on(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """The day of what is said not to have happened: "was not released on Friday", "declined on Monday to"."""
    near = [
        m
        for m in inside
        if m.is_point
        and m.role == "at"
        and distance(scene.page.text, event.span, m) <= _DENIED_NEAR
        and (m.start >= event.span[0] or event.kind == "order")
        and not stolen(scene, event, m)
    ]
    return near[0].value if near and event.kind in _DENIED_ON else None


def _date_of(scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None) -> str | None:
    inside = [m for m in mentions if event.sentence.start <= m.start and m.end <= event.sentence.end]
    ahead = event.modality == "planned" or (event.kind, event.phase) in _AHEAD
    counted = counted_from(scene, event, inside, published) or from_the_first(scene, event, mentions)
    counted = counted or ended_on(scene, event, inside, published)
    if counted and not ahead:
        return counted
    found = _point(scene, event, inside, ahead=ahead)
    if found is None or found.end <= event.span[0]:
        later = after_a_while(scene, event, mentions, published)
        if found is None or later:
            return later or _carried(scene, event, mentions, published)
    value = value_of(scene, event, found, published, ahead=ahead)
    if not ahead and event.modality == "actual" and to_come(value, published):
        return None  # what has happened did not happen after the day of publication
    return stretched(scene, event, found, value, inside)


def _told_beside(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """The date of a thing named with when it was made: "the one-year sentence passed on her in April"; else None."""
    if event.phase == "ongoing":
        return None  # the order that somebody is held under was issued then: custody goes on
    for mention in inside:
        if mention.is_point and mention.start >= event.span[1] and event.modality == "actual":
            return mention.value if _MADE.fullmatch(scene.text, event.span[1], mention.start) else None
    return None


def _charged(scene: Scene, event: Event) -> bool:
    return bool(_CHARGED.search(scene.text[slice(*event.span)]))


def _point(scene: Scene, event: Event, inside: Sequence[DateMention], *, ahead: bool) -> DateMention | None:
    usable = [m for m in inside if m.is_point and _own(scene, event, m, ahead=ahead)]
    window = (event.sentence.start, event.sentence.end)
    if (event.kind, event.phase) == ("hearing", "postponed"):
        fixed = [m for m in inside if m.is_point and _SET_FOR.search(scene.text[max(0, m.start - 30) : m.start])]
        usable = [m for m in fixed if event.span[0] <= m.start < event.span[1]] or usable
        usable = [m for m in usable if m not in fixed] or usable
    if event.kind in _BEGUN_EARLIER and not ahead:  # "arrested since 2 August": the day of the arrest itself
        starts = [m for m in usable if m.role == "since"]
        usable = [replace(m, role="at") if m.role == "since" else m for m in usable]
        found = date_for(usable, event.span, window, scene.page, ahead=ahead)
        found = next((m for m in starts if found and m.start == found.start), found)
    else:
        found = date_for(usable, event.span, window, scene.page, ahead=ahead)
    if found is None or distance(scene.page.text, event.span, found) > _FAR + (30 if ahead else 0):
        return None
    return found


def _carried(scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None) -> str | None:
    """The date of an event that has none near it: its sentence's only one, or, of a ruling, the day before or today's.

    Only what is told as done is dated so, and only kinds for which that is right more often than not.
    """
    what, start = (event.kind, event.phase), event.sentence.start
    if event.modality != "actual":
        return None
    points = [m for m in mentions if m.is_point and m.value and m.role == "at"]
    here = [m for m in points if start <= m.start and m.end <= event.sentence.end and not _heads(scene, m)]
    if here:
        opens = here[0].start - start <= _OPENING
        alone = len(here) == 1 and (opens or what in _SHARING) and (here[0].value or "") <= (published or "9")
        gone_on = _NEXT.search(scene.text, here[0].end, max(here[0].end, event.span[0]))
        alone = alone and not _of_begun(scene, event, here[0]) and not _of_what_follows(scene, event, here[0])
        if alone and not gone_on and (not stolen(scene, event, here[0]) or _of_one_sitting(scene, event, here[0])):
            return here[0].value
        return in_the_day(scene, event, mentions, published)
    told = by_the_heading(scene, event, mentions) or in_the_day(scene, event, mentions, published)
    if told:
        return told
    if what not in _RULED or _EARLIER.search(scene.text[start : event.span[1]]):
        return None
    page, paragraph = scene.page, event.sentence.paragraph
    before = [m for m in points if m.start < start and page.sentence_at(m.start).paragraph == paragraph]
    if not before:
        return published[:10] if published and not _is_headline(scene, event) else None
    near = [m for m in before if page.sentence_index(start) - page.sentence_index(m.start) == 1]
    return near[0].value if near and (near[0].value or "") <= (published or "9") else None


def _is_headline(scene: Scene, event: Event) -> bool:
    """Whether an event is told in a headline: the text below it has the day."""
    first, last = scene.page.paragraphs[0]
    return event.sentence.start < last < len(scene.text.rstrip()) and scene.text[first:last].rstrip()[-1:] not in ".!?"


def _of_what_follows(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether a date belongs to another clause: to one set against the event's, or to when somebody was taken."""
    other = _ANOTHER_CLAUSE.search(scene.text, event.span[1], mention.start)
    return bool(other) or _of_being_held(scene, event, mention)


def _of_one_sitting(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether a ruling, or who goes free by it, is told in one breath with the day of another ruling before it.

    "Acquitted her on Tuesday and set her free", "was set aside on Friday by the high court, which ordered her freed".
    """
    if (event.kind, event.phase) not in _IN_COURT or mention.kind != "day" or mention.end > event.span[0]:
        return False
    before = scene.text[event.sentence.start : mention.start]
    between = scene.text[mention.end : event.span[0]]
    return bool(_RULING.search(before) and not _TAKEN.search(before) and _AND_SO.fullmatch(between))


def _heads(scene: Scene, mention: DateMention) -> bool:
    """Whether a date is that of the dateline, which tells when the report was written."""
    first = scene.page.paragraphs[0][0] if scene.page.paragraphs else 0
    if mention.start - first > 80 or not _DATELINE_END.match(scene.text, mention.end):
        return False
    return bool(_DATELINE.fullmatch(scene.text, first, mention.start))


def _own(scene: Scene, event: Event, mention: DateMention, *, ahead: bool) -> bool:
    """Whether the date can be this event's: not an end where a beginning is asked, not another event's."""
    behind = scene.text[max(0, mention.start - 20) : mention.start]
    if ahead:
        made = event.kind == "order" and _WHEN_MADE.search(behind)
        follows = mention.start >= event.span[0] and not made
        on_it = follows or bool(_WHEN_IT.fullmatch(scene.text, mention.end, event.span[0]))
        return on_it and mention.role != "since" and not _of_begun(scene, event, mention)
    if _of_begun(scene, event, mention):
        return False
    if event.phase == "start" and _SINCE_TAKEN.fullmatch(scene.text, event.span[1], mention.start):
        return True
    ruled = _OF_A_RULING.search(scene.text, max(event.sentence.start, mention.start - 80), mention.start)
    if (event.kind, event.phase) not in _DATED_BY and (ruled or _OF_A_PAPER.search(behind)):
        return False
    if mention.role == "until" or ((event.kind, event.phase) in _MOVED and _UNTIL.search(behind)):
        return False
    if mention.role == "since" and event.phase != "start" and not _begun_then(scene, event, mention):
        return False
    return not (
        _of_appeal(scene, event, mention) or _of_being_held(scene, event, mention) or stolen(scene, event, mention)
    )


def _of_being_held(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether a date before a release is that of being taken: "a campaigner jailed in 2018 has been freed"."""
    before = event.kind in _FREED and mention.end <= event.span[0]
    return before and bool(_HELD_THEN.search(scene.text, max(0, mention.start - 20), mention.start))


def _begun_then(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether "since" can date the event itself: "arrested since 2 August", not "held since 2013, given ten years"."""
    if event.kind == "release" and not _FREE_SINCE.fullmatch(scene.text, event.span[1], mention.start):
        return False
    return event.kind in _BEGUN_EARLIER and (event.kind != "sentence" or mention.start >= event.span[1])


def _of_appeal(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether a date behind a sentence is that of what became of it: "ten years, which a court upheld in March"."""
    passed = (event.kind, event.phase) == ("sentence", "passed") and mention.start >= event.span[1]
    return passed and bool(_ON_APPEAL.search(scene.text, event.span[1], mention.start))


def _served(scene: Scene, event: Event) -> bool:
    return bool(_SERVED.search(scene.text, max(0, event.span[0] - _BY), event.span[1]))


def _of_begun(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether the date is that of the beginning of what has ended: "called off the strike he began on 1 June"."""
    over = (event.kind, event.phase) in _OVER and mention.start >= event.span[1]
    return over and bool(_BEGUN.search(scene.text, event.span[0], mention.start))


def _respectively(scene: Scene, event: Event, inside: Sequence[DateMention], n: int) -> list[str | None] | None:
    if n < 2 or "respectively" not in event.sentence.text:
        return None
    points = [m for m in inside if m.is_point and m.start >= event.span[1]]
    for first in range(len(points) - n + 1):
        run = points[first : first + n]
        gaps = [scene.text[a.end : b.start] for a, b in pairwise(run)]
        if all(re.fullmatch(r"\s*(?:,|and|,\s*and)\s*(?:on |in |to |the )*", gap) for gap in gaps):
            return [m.value for m in run]
    return None
