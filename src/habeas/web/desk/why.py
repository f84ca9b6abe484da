"""Why a case waits for somebody, in words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

WHY = {
    "strike": gettext_noop("on hunger strike, as reported"),
    "hidden": gettext_noop("whereabouts or contact not known"),
    "due": gettext_noop("something is due within two weeks"),
    "overdue": gettext_noop("a day has passed and nothing is told of it"),
    "conflict": gettext_noop("sources disagree about where they stand"),
    "changed": gettext_noop("changed since you last looked"),
    "match": gettext_noop("a name may be this person"),
    "claims": gettext_noop("nobody has judged what was read"),
}
