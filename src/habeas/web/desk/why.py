"""Why a case, or one thing of it, waits for somebody, in words."""

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

TASKS = {
    "conflict": gettext_noop("sources contradict each other"),
    "changed": gettext_noop("judged before; the newest reading no longer says it"),
    "second": gettext_noop("a second person must say the same"),
    "match": gettext_noop("a name may be this person"),
    "claim": gettext_noop("nobody has judged it"),
    "statement": gettext_noop("nobody has judged it"),
    "unsure": gettext_noop("somebody could not tell"),
}
RESTS = {
    "custody": gettext_noop("what is said of custody rests on it"),
    "basis": gettext_noop("what is said of the legal basis rests on it"),
    "protest": gettext_noop("what is said of protest and health rests on it"),
}
NAMES = {
    "": gettext_noop("everything"),
    "conflict": gettext_noop("conflicts"),
    "changed": gettext_noop("read otherwise now"),
    "second": gettext_noop("second person"),
    "match": gettext_noop("names"),
    "claim": gettext_noop("claims"),
    "statement": gettext_noop("statements"),
    "unsure": gettext_noop("unsure"),
}
