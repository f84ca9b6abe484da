"""Meetings as iCalendar (RFC 5545). No detained person is named: a calendar lies on servers that are not ours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event

from habeas.advocacy.models import Meeting


def calendar(meeting: Meeting) -> bytes:
    """The meeting as a calendar with one event: an hour long where its hour is known, else the whole day."""
    made = Calendar()
    made.add("prodid", "-//Habeas//plan//EN")
    made.add("version", "2.0")
    if meeting.on is not None:
        made.add_component(_event(meeting, meeting.on))
    written: bytes = made.to_ical()
    return written


def _event(meeting: Meeting, on: date) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@habeas.invalid")
    event.add("dtstamp", meeting.made_at)
    if meeting.at:
        start = timezone.make_aware(datetime.combine(on, time.fromisoformat(meeting.at)))
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(hours=1))
    else:
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
    event.add("summary", gettext("Meeting {n}").format(n=meeting.pk))
    event.add("description", f"{settings.DESK_URL}/plan/{meeting.coalition_id}/meetings/{meeting.pk}")
    return event
