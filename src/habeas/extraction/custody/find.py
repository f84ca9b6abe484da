"""Claims of a page: triggers, whom they concern, how they are told, when, and with what value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from habeas.extraction.custody import subjects, values
from habeas.extraction.custody.beside import actor_of, place_of
from habeas.extraction.custody.clauses import clauses_of
from habeas.extraction.custody.company import with_company
from habeas.extraction.custody.disputes import disputed
from habeas.extraction.custody.event import Event
from habeas.extraction.custody.grammar import Clause
from habeas.extraction.custody.hits import Hit, find_hits
from habeas.extraction.custody.lasting import started
from habeas.extraction.custody.modality import modality_of
from habeas.extraction.custody.news import dated_by_the_news
from habeas.extraction.custody.scene import Scene, build
from habeas.extraction.custody.settle import settled
from habeas.extraction.custody.unnamed import asks_for_others
from habeas.extraction.custody.when import dates_of
from habeas.extraction.custody.words import words
from habeas.extraction.dates import DateMention, find_dates, reference_day
from habeas.extraction.document import Page
from habeas.extraction.reading import Claim, Entity, Modality, Span, Statement
from habeas.extraction.references import Resolver


@dataclass(frozen=True, slots=True)
class Plan:
    """What a trigger is taken to tell, of whomever."""

    kind: str
    phase: str
    modality: Modality
    value: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A trigger, what the rules take it to tell, and of whom."""

    hit: Hit
    ids: Sequence[str]
    plan: Plan


@dataclass(frozen=True, slots=True)
class Setting:
    """What all hits of one page share."""

    scene: Scene
    mentions: Sequence[DateMention]
    published: str | None
    clauses: Mapping[tuple[Span, str], Clause] = field(default_factory=dict)
    _whom: dict[tuple[Span, str], tuple[tuple[str, ...], subjects.Found | None]] = field(default_factory=dict)
    _how: dict[tuple[Span, str, str, str], tuple[Modality, str]] = field(default_factory=dict)

    def whom(self, hit: Hit) -> tuple[tuple[str, ...], subjects.Found | None]:
        """Whom the text is about at a trigger, and whom the rules find as its subject."""
        key = hit.span, hit.trigger.name
        if key not in self._whom:
            focus = _focus_of(self.scene, hit)
            found = subjects.find(self.scene, hit.sentence, hit.span, hit.trigger.who, focus)
            found = subjects.within(found, self.clause(hit))
            self._whom[key] = focus, with_company(self.scene, hit.sentence, hit.span, found)
        return self._whom[key]

    def clause(self, hit: Hit) -> Clause:
        """Who can be meant by the grammar of the words around a trigger."""
        return self.clauses.get((hit.span, hit.trigger.name), _ANYBODY)

    def how(self, hit: Hit, kind: str, phase: str) -> tuple[Modality, str]:
        """How a trigger tells an event, and the words that decided it."""
        key = hit.span, hit.trigger.name, kind, phase
        if key not in self._how:
            self._how[key] = modality_of(self.scene, hit.sentence, hit.trigger, hit.span, kind, phase)
        return self._how[key]


@dataclass(frozen=True, slots=True)
class Told:
    """The triggers of one page in text order, and what the rules take each to tell."""

    setting: Setting
    hits: Sequence[Hit]
    meant: Sequence[Meant]

    def drafts(self) -> list[Claim]:
        """The claims that the rules draft, each with date and value, not yet settled."""
        return [draft for one in self.meant for draft in drafts_of(self.setting, one.hit, one.ids, one.plan)]


def find_claims(
    page: Page,
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    *,
    published: str | None,
    resolve: Resolver,
) -> list[Claim]:
    """What the page says happened to, or holds for, people in detention (every kind but profile), in text order.

    `published` is the ISO date that relative dates count from, or None. `resolve` tells whom pronouns and descriptions
    mean. Where subject or modality stay in doubt there is no claim: a wrong fact costs more than a missing one.
    """
    told = find_told(page, entities, statements, published=published, resolve=resolve)
    return standing(told.setting, told.drafts()) if told else []


def standing(setting: Setting, drafts: Sequence[Claim]) -> list[Claim]:
    """The claims that the drafts of a page come to, in text order: disputes heard, repetitions folded."""
    scene = setting.scene
    real = [draft for draft in drafts if draft.modality != "actual"] if _is_elsewhere(scene.page) else drafts
    real = dated_by_the_news(scene, real, setting.published)
    return settled(disputed(scene, _with_regime(scene, real)))


def find_told(
    page: Page,
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    *,
    published: str | None,
    resolve: Resolver,
) -> Told | None:
    """Every trigger of the page and what the rules make of it, not yet settled; None where the page is fiction."""
    if _is_fiction(page):
        return None
    scene = build(page, entities, statements, resolve)
    day = reference_day(page, published)
    found = find_hits(scene)
    clauses = {
        (hit.span, hit.trigger.name): clause for hit, clause in zip(found, clauses_of(scene, found), strict=True)
    }
    setting = Setting(scene, find_dates(page, published), day.isoformat() if day else published, clauses)
    hits = [hit for hit in _without_over(setting, found) if not (_for_others(setting, hit) or _runs_on(scene, hit))]
    held = set(resolve.detained())
    meant = [one for hit in hits if not hit.trigger.known for one in _meant(setting, hit, held)]
    facts = [one for one in meant if one.plan.modality == "actual" and one.plan.kind in _CUSTODY]
    held |= {subject for one in facts for subject in one.ids}
    meant += [one for hit in hits if hit.trigger.known for one in _meant(setting, hit, held)]
    return Told(setting, hits, meant)


def _without_over(setting: Setting, hits: Sequence[Hit]) -> list[Hit]:
    """The hits but those of a strike that goes on by the very words that tell of its end: "broke her hunger strike"."""
    over = [
        hit.span
        for hit in hits
        if any(claim[:2] in _OVER and setting.how(hit, *claim[:2])[0] in _REAL for claim in hit.trigger.claims)
    ]
    died = [hit for hit in hits if _DIED in {claim[:2] for claim in hit.trigger.claims}]
    return [
        hit
        for hit in hits
        if {claim[:2] for claim in hit.trigger.claims} != _GOES_ON
        or not (
            any(start <= hit.span[0] and hit.span[0] < end for start, end in over)
            or any(_died_after(setting, one, hit) for one in died)
        )
    ]


def _for_others(setting: Setting, hit: Hit) -> bool:
    return asks_for_others(setting.scene, hit, setting.how(hit, "release", "done")[0])


def _runs_on(scene: Scene, hit: Hit) -> bool:
    """Whether a trigger runs from what is said into who says it: "denied an inhaler, the lawyer said"."""
    first, last = hit.span
    said = scene.statement_at(first, first + 1)
    return said is not None and any(first < start < last for start, _ in said.speaker.spans)


def _died_after(setting: Setting, death: Hit, strike: Hit) -> bool:
    """Whether somebody died after the strike that a trigger tells of: "died after an 86-day hunger strike"."""
    if death.sentence is not strike.sentence or death.span[0] > strike.span[1]:
        return False
    return bool(_AFTER_IT.search(setting.scene.text[death.span[1] : strike.span[1]].lower()))


def _with_regime(scene: Scene, drafts: Sequence[Claim]) -> list[Claim]:
    """The drafts with "administrative" for custody of no told regime, on a page about one person and such detention."""
    drafts = _serving(drafts)
    people = [i for i in scene.held if i in scene.entities and scene.entities[i].kind == "person"]
    told = {claim.value for claim in drafts if claim.kind == "detention"}
    if len(people) != 1 or told != {"unknown"} or not words().administrative.search(scene.text):
        return list(drafts)
    return [
        replace(claim, value="administrative", why=f"{claim.why}; the page speaks of administrative detention")
        if claim.kind == "detention" and claim.subject == people[0] and claim.modality == "actual"
        else claim
        for claim in drafts
    ]


_FREED = {("release", "done"), ("sentence", "overturned"), ("death", "done"), ("deportation", "done")}


def _serving(drafts: Sequence[Claim]) -> list[Claim]:
    """The drafts with "sentence" for custody of no told regime, of people sentenced on the page and not let go."""
    told = [claim for claim in drafts if claim.modality == "actual"]
    sentenced = {c.subject for c in told if (c.kind, c.phase) in (("sentence", "passed"), ("sentence", "upheld"))}
    sentenced -= {c.subject for c in told if (c.kind, c.phase) in _FREED}
    regimes = {c.subject for c in told if c.kind == "detention" and c.value != "unknown"}
    return [
        replace(claim, value="sentence", why=f"{claim.why}; sentenced on the page")
        if claim.kind == "detention" and claim.value == "unknown" and claim.subject in sentenced - regimes
        and claim.modality == "actual"
        else claim
        for claim in drafts
    ]  # fmt: skip


_ANYBODY = Clause()
_BORROWED = 3  # different words of sport, stage or work from which on a page may be about that
_SHORT = 500  # code points of a text in which a plain word of sport or stage tells what it is about
_REAL = ("actual", "alleged")
_OVER = {("hunger_strike", "ended"), ("hunger_strike", "suspended")}
_DIED = ("death", "done")
_AFTER_IT = re.compile(r"\bafter (?:an?|his|her|their|the)\b[^,;.]{0,40}$")
_GOES_ON = {("hunger_strike", "ongoing")}
# What ends custody is never told of somebody only because the text speaks of them just there.
_NEVER_GUESSED = {
    ("release", "done"),
    ("exchange", "done"),
    ("exchange", "agreed"),
    ("deportation", "done"),
    ("death", "done"),
}
_CUSTODY = {
    "arrest",
    "detention",
    "order",
    "sentence",
    "hunger_strike",
    "release",
    "isolation",
    "transfer",
    "disappearance",
}


def _is_fiction(page: Page) -> bool:
    return len(words().fiction.findall(page.text)) >= 8


def _is_elsewhere(page: Page) -> bool:
    """Whether the page is about sport, a play or people at work, and only borrows the words of custody."""
    if len(page.text) <= _SHORT and words().borrowed.search(page.text):
        return True
    borrowed = {found.casefold() for found in words().elsewhere.findall(page.text)}
    return len(borrowed) >= _BORROWED and len(borrowed) >= len(words().custody.findall(page.text))


def _meant(setting: Setting, hit: Hit, held: set[str]) -> Iterator[Meant]:
    scene = setting.scene
    _, found = setting.whom(hit)
    if found is None or (found.how == "topic" and _unnamed(scene, hit, found.ids)):
        return
    ids = [i for i in found.ids if _may_concern(scene, hit, i, found.how, held)]
    if subjects.of_some(scene, hit.sentence, hit.span):
        ids = [i for i in ids if scene.entities[i].kind == "group"]
    if not ids:
        return
    guessed = found.how == "topic"
    for kind, phase, value in hit.trigger.claims:
        modality, cue = setting.how(hit, kind, phase)
        if guessed and (kind, phase) in _NEVER_GUESSED and modality == "actual":
            continue
        why = f"{hit.trigger.name} «{scene.text[slice(*hit.span)].strip()}»; subject {found.how}"
        why += f"; {modality} by «{cue}»" if cue else ""
        plan = Plan(kind, phase, modality, value, why)
        told = (
            ids
            if value != "from"
            else [i for i, some in zip(ids, _values(setting, hit, plan, len(ids)), strict=True) if some]
        )
        if told:
            yield Meant(hit, told, plan)


def _focus_of(scene: Scene, hit: Hit) -> tuple[str, ...]:
    """Whom the text is about where a trigger stands: who the paragraph opens with, else who was named last."""
    return scene.head(hit.sentence.paragraph, hit.span[0]) or _focus(scene, hit.span[0])


def _may_concern(scene: Scene, hit: Hit, entity: str, how: str, held: set[str]) -> bool:
    """Whether somebody can be the one held: by what the page says, or because the trigger is what they are called."""
    if how == "within" and scene.entities[entity].kind == "group":
        return True
    return entity in held if hit.trigger.known else entity in scene.held or not scene.held


def _unnamed(scene: Scene, hit: Hit, ids: Sequence[str]) -> bool:
    """Whether the paragraph has not yet named the page's one person held: it may well be about somebody else."""
    start = scene.page.paragraphs[hit.sentence.paragraph][0]
    mentions = (mention for i in ids for mention in scene.entities[i].mentions)
    return len(scene.held) == 1 and not any(start <= at < hit.span[0] for at, _ in mentions)


def _focus(scene: Scene, at: int) -> tuple[str, ...]:
    """The people under discussion: never a group, for a sentence without a subject seldom speaks of all of it."""
    found = scene.resolver.in_focus(at)
    return tuple(i for i in found if scene.entities[i].kind == "person")


def _called(scene: Scene, entity: str) -> set[str]:
    """The words that mean somebody: whoever "the judge" is of whom it is told did not arrest himself."""
    known = scene.entities.get(entity)
    return {scene.page.text[start:end] for start, end in known.mentions} if known else set()


def drafts_of(setting: Setting, hit: Hit, ids: Sequence[str], plan: Plan) -> Iterator[Claim]:
    """The claims of one trigger about these people, in the order of the text, each with date and value."""
    scene, n = setting.scene, len(ids)
    nominal = hit.trigger.nominal or plan.value == "from"
    event = Event(hit.sentence, hit.span, plan.kind, plan.phase, plan.modality, nominal, hit.rivals)
    dates = dates_of(scene, event, setting.mentions, setting.published, n)
    statement = scene.statement_at(*hit.span)
    evidence = ((hit.sentence.start, hit.sentence.end),)
    found = _values(setting, hit, plan, n)
    place = place_of(scene, hit.sentence, hit.span, plan.kind, plan.phase)
    actor = actor_of(scene, hit.sentence, hit.span, plan.kind, plan.phase)
    for index, subject in enumerate(ids):
        claim = Claim(
            id=f"{hit.span[0]:08d}",
            subject=subject,
            kind=plan.kind,
            phase=plan.phase,
            modality=plan.modality,
            evidence=evidence,
            date=dates[index],
            place=place,
            actor=None if actor in _called(scene, subject) else actor,
            statement=statement.id if statement else None,
            why=plan.why,
        )
        claim = _past(claim, setting.published)
        for value in found[index]:
            yield replace(claim, value=value)
        if plan.kind in ("hunger_strike", "isolation") and plan.phase == "ongoing" and plan.modality in _REAL:
            begun = started(scene, event, setting.mentions)
            if begun:
                yield replace(claim, phase="start", date=begun.value, value=None)


def _past(claim: Claim, published: str | None) -> Claim:
    """The claim; a strike that went on in an earlier year has ended since."""
    past = claim.date and published and claim.date[:4].isdigit() and claim.date[:4] < published[:4]
    if (claim.kind, claim.phase, claim.modality) == ("hunger_strike", "ongoing", "actual") and past:
        return claim if "/" in (claim.date or "") else replace(claim, phase="ended")
    return claim


def _values(setting: Setting, hit: Hit, plan: Plan, n: int) -> list[list[values.Value]]:
    """For each of the `n` subjects the values of the claim; several where several charges are named."""
    if plan.value == "auto":
        return [[values.denied_thing(hit.text or "")]] * n
    if plan.value == "from":
        return [[value] if value else [] for value in values.reduced(setting.scene, hit.sentence, hit.span, n)[1]]
    if plan.value == "text":
        written = _as_written(setting, hit)
        return [[values.symptom(written) if written and plan.kind == "health" else written]] * n
    if plan.value:
        return [[plan.value]] * n
    if plan.kind == "charge":
        return [_charges(setting.scene, hit, plan) or [None]] * n
    return [[value] for value in _measured(setting, hit, plan, n)]


def _measured(setting: Setting, hit: Hit, plan: Plan, n: int) -> Sequence[values.Value]:
    """Lengths, terms and day counts, one for each subject."""
    scene, sentence, span = setting.scene, hit.sentence, hit.span
    if plan.kind == "order" and plan.phase in ("issued", "renewed"):
        return values.lengths(scene, sentence, span, n)
    if (plan.kind, plan.phase) in (("order", "shortened"), ("sentence", "reduced")):
        return values.reduced(scene, sentence, span, n)[0]
    if plan.kind == "sentence":
        return values.term(scene, sentence, span, n)
    if plan.kind == "hunger_strike" and plan.phase != "start" and plan.modality != "denied":
        over = plan.phase in ("ended", "suspended")
        return values.days(scene, sentence, span, setting.mentions, n, over=over)
    return [None] * n


def _charges(scene: Scene, hit: Hit, plan: Plan) -> list[values.Value]:
    if plan.phase == "dropped":
        return [values.charge_dropped(scene, hit.sentence, hit.span)]
    return list(values.charges(scene, hit.sentence, hit.span)) if plan.modality != "denied" else []


def _as_written(setting: Setting, hit: Hit) -> str | None:
    if not hit.text:
        return None
    at = setting.scene.text.find(hit.text, hit.span[0], hit.span[1])
    written = setting.scene.page.text[at : at + len(hit.text)] if at >= 0 else hit.text
    return written.rstrip(" ,.;")  # "on charges of “discrediting the state,” the union said"
