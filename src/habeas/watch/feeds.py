"""What people fetch by a secret address: the days to come as a calendar, the open alerts as an Atom feed.

Neither names anybody: a calendar lies on servers and telephones that are not ours. Both speak the active language.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from habeas.accounts.models import User
from habeas.watch import queries
from habeas.watch.titles import title_of

MOST = 500


def calendar(user: User) -> bytes:
    """The days to come in the cases that the user sees, as iCalendar (RFC 5545): an all-day event each.

    What goes beyond `MOST` is left out, and an event of today says how much.
    """
    made = Calendar()
    made.add("prodid", "-//Habeas//watch//EN")
    made.add("version", "2.0")
    for notice in queries.clocks(user, limit=MOST):
        made.add_component(_event(notice))
    for rest in _left_out(queries.count_clocks(user)):
        made.add_component(_note(gettext("Habeas: {n} more days are on the desk alone").format(n=rest)))
    written: bytes = made.to_ical()
    return written


def atom(user: User) -> str:
    """The open alerts of the cases that the user sees, newest first, as Atom (RFC 4287).

    What goes beyond `MOST` is left out, and the feed's subtitle says how much.
    """
    told = gettext("The newest {most} are here; {n} more are on the desk alone.")
    rest = "".join(told.format(most=MOST, n=n) for n in _left_out(queries.count_alerts(user)))
    title, language = gettext("Habeas: alerts"), get_language() or "en"
    feed = Atom1Feed(title=title, link=settings.DESK_URL, description="", language=language, subtitle=rest)
    for notice in queries.alerts(user, limit=MOST):
        feed.add_item(
            title=title_of(notice.case, notice.rule, estimated=notice.estimated),
            link=_link(notice),
            description=title_of(notice.case, notice.rule, estimated=notice.estimated),
            unique_id=f"urn:habeas:alert:{notice.key}",
            updateddate=notice.raised_at,
            pubdate=notice.raised_at,
        )
    return str(feed.writeString("utf-8"))


def _left_out(count: int) -> tuple[int, ...]:
    return (count - MOST,) if count > MOST else ()


def _note(words: str) -> Event:
    today = timezone.localdate()
    event = Event()
    event.add("uid", "more-on-the-desk@habeas.invalid")
    event.add("dtstamp", datetime.combine(today, time(0), UTC))
    event.add("dtstart", today)
    event.add("dtend", today + timedelta(days=1))
    event.add("summary", words)
    event.add("description", settings.DESK_URL)
    return event


def _event(notice: queries.Notice) -> Event:
    event = Event()
    event.add("uid", f"case-{notice.case}-{notice.rule}-{notice.step.replace(' ', '-')}-{notice.due_on}@habeas.invalid")
    event.add("dtstamp", datetime.combine(timezone.localdate(), time(0), UTC))
    event.add("dtstart", notice.due_on)
    event.add("dtend", notice.due_on + timedelta(days=1))
    event.add("summary", title_of(notice.case, notice.rule, estimated=notice.estimated))
    event.add("description", _link(notice))
    return event


def _link(notice: queries.Notice) -> str:
    return f"{settings.DESK_URL}/cases/{notice.case}"
