"""Every write of the watch: looking at cases, raising alerts, putting them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.intake import read_document
from habeas.cases.models import Case, Link
from habeas.cases.queries import case_file
from habeas.core.actor import Actor
from habeas.sources.follow import Followed, follow
from habeas.sources.models import Document
from habeas.sources.services import Captured
from habeas.watch import delivery, hooks, rules
from habeas.watch.clock import Clock, rule
from habeas.watch.models import Alert, Dismissal, Look, OpenClock, Tick
from habeas.watch.queries import cases_changed_since, is_away

# Longer than any transaction, as what was begun before a tick may end after it, and than a clock may go back unnoticed.
OVERLAP = timedelta(minutes=30)
SKEW = timedelta(minutes=5)  # by which the clocks of several machines may differ

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did: how many cases were looked at, and the keys of the alerts that were raised."""

    looked_at: int
    raised: tuple[int, ...]


def tick(*, actor: Actor, on: date | None = None, progress: Progress | None = None) -> Ticked:
    """What was looked at and raised: every case with news, with a clock that fell due, or never looked at before.

    `on` is the day that counts as today (None: today in the desk's time zone). Each case is a transaction of its own,
    so a tick that is killed goes on when it is called again; no alert is raised twice, however many workers tick.
    `progress` is called with (cases done, cases in all).
    """
    began, day = timezone.now(), on or timezone.localdate()
    cases = _to_look_at(day)
    raised: list[int] = []
    for done, case in enumerate(cases, start=1):
        raised += look(case, day, actor=actor)
        if progress:
            progress(done, len(cases))
    Tick.objects.update_or_create(pk=1, defaults={"began_at": began})
    return Ticked(len(cases), tuple(raised))


def fetch(*, actor: Actor) -> Followed:
    """What came of looking at the sources that are due: every document that they give read and taken in."""

    def take(captured: Captured) -> None:
        read_document(captured.document, actor=actor, is_new=captured.is_new)

    return follow(actor=actor, take=take)


@transaction.atomic
def look(case: int, on: date, *, actor: Actor) -> list[int]:
    """The keys of the alerts that the case raised as it stands on that day; its clocks are made anew.

    The watch sees what whoever sees the case sees; of a case that rests on documents of several teams, what those see
    who see the fewest of them. A case that nobody active sees is left alone.
    """
    audit.one_writer_at_a_time()
    found = Case.objects.select_related("person").get(pk=case)
    reader = _reader(found)
    file = case_file(found, reader, on=on) if reader else None
    if file is None:
        return []
    before = Look.objects.filter(case=case).values_list("lines", flat=True).first() or {}
    clocks = (*rules.clocks(file, on, before), *hooks.clocks(found))
    OpenClock.objects.filter(case=case).delete()
    OpenClock.objects.bulk_create(OpenClock(case=found, **_row(clock)) for clock in clocks if clock.due > on)
    raised = _raise(found, [clock for clock in clocks if clock.due <= on], on, actor=actor)
    Look.objects.update_or_create(case=found, defaults={"looked_at": timezone.now(), "lines": rules.lines(file)})
    return raised


def _reader(case: Case) -> User | None:
    """Whoever sees the case with the fewest of its documents; None where nobody active sees it."""
    readers = access.readers(case)
    links = Link.objects.filter(person=case.person_id)
    told = Document.objects.filter(pk__in=links.values("sighting__reading__document"))
    if told.exclude(team=case.team_id).exists():
        readers.sort(key=lambda reader: told.filter(pk__in=Document.objects.visible_to(reader)).count())
    return next(iter(readers), None)


@transaction.atomic
def dismiss(alert: Alert, *, actor: Actor, reason: str = "", away: bool = True) -> Dismissal:
    """The row that puts an alert away, or with `away` False takes it out again. It returns by itself on new facts."""
    access.must(actor, Right.WATCH, alert.case)
    made = Dismissal.objects.create(
        alert=alert, away=away, reason=reason, made_at=timezone.now(), made_by_id=actor.user_id
    )
    action, detail = f"watch.alert.{'dismissed' if away else 'restored'}", {"dismissal": made.pk}
    audit.record(action, alert, actor=actor, detail=detail, wrote=[made])
    return made


def _to_look_at(on: date) -> list[int]:
    """The cases to look at, in the order of their keys."""
    began: datetime | None = Tick.objects.values_list("began_at", flat=True).first()
    if began and began > timezone.now() + SKEW:  # the clock was set back: nobody knows what came since
        return list(Case.objects.filter(person__merged_into=None).order_by("pk").values_list("pk", flat=True))
    never = Case.objects.filter(look=None, person__merged_into=None).values_list("pk", flat=True)
    due = OpenClock.objects.filter(due_on__lte=on).values_list("case", flat=True)
    changed = cases_changed_since(began - OVERLAP) | hooks.changed_since(began - OVERLAP) if began else set()
    return sorted({*never, *due, *changed})


def _raise(case: Case, due: Sequence[Clock], on: date, *, actor: Actor) -> list[int]:
    """The keys of the alerts made: one for each clock that no alert was raised for yet."""
    earlier = list(Alert.objects.filter(case=case, rule__in={clock.rule for clock in due}).order_by("pk"))
    made: list[Alert] = []
    for clock in due:
        if any(_tells(alert, clock) for alert in earlier):
            continue
        alert = Alert.objects.create(case=case, as_of=on, raised_at=timezone.now(), **_row(clock))
        audit.record(
            "watch.alert.raised", alert, actor=actor, detail={"case": case.pk, "rule": clock.rule}, wrote=[alert]
        )
        earlier.append(alert)
        made.append(alert)
    delivery.queue(made)
    return [alert.pk for alert in made]


def _tells(alert: Alert, clock: Clock) -> bool:
    """Whether an alert already says what the clock says; one that was put away does not say what is new."""
    near = abs((alert.due_on - clock.due).days) <= rule(clock.rule)["tolerance"]
    if (alert.rule, alert.step) != (clock.rule, clock.step) or not near:
        return False
    return not is_away(alert) or set(clock.facts) <= set(alert.facts)


def _row(clock: Clock) -> dict[str, object]:
    return {
        "rule": clock.rule,
        "step": clock.step,
        "due_on": clock.due,
        "label": clock.label,
        "ask": clock.ask,
        "reasons": [asdict(reason) for reason in clock.reasons],
        "facts": list(clock.facts),
        "estimated": clock.estimated,
    }
