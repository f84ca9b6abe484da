"""What leaves the desk of a clock or an alert: no name, no place and no word of health."""

from __future__ import annotations

from django.utils.translation import gettext

from habeas.watch.clock import rule


def title_of(case: int, name: str, *, estimated: bool = False) -> str:
    """The kind of thing that fell due by a rule, and the number of the case, in the language that is active."""
    told = gettext("Case {case}: {what} (worked out)") if estimated else gettext("Case {case}: {what}")
    return told.format(case=case, what=gettext(rule(name)["title"]))
