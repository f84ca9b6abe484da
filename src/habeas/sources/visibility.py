"""Which documents a user sees: those of their teams, but for what rooms above hide or show beside them.

A room registers its rule in its app's `ready`; this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from django.db.models import Q

from habeas.accounts.models import User
from habeas.accounts.roles import teams_of
from habeas.core.looking import one_look


class Exceptions(NamedTuple):
    """Keys of documents that a user does not see though their team has them, and that they see though it has not."""

    hidden: Collection[int] = ()
    shown: Collection[int] = ()


Rule = Callable[[User], Exceptions]
_rules: list[Rule] = []


def add_rule(rule: Rule) -> None:
    """Has the rule asked whenever somebody's documents are looked for; it is called with the user."""
    if rule not in _rules:
        _rules.append(rule)


@one_look()
def documents_of(user: User, through: str = "") -> Q:
    """That a document is one the user sees; nothing for somebody inactive.

    `through` leads to the document from another table ("reading__document__"), so that a database may begin at either
    end: a list of keys would have it gather all of the user's documents first.
    """
    if not user.is_active:
        return Q(**{f"{through}pk__in": ()})
    found = Q(**{f"{through}team__in": teams_of(user)})
    for hidden, shown in (rule(user) for rule in _rules):
        found = found & ~Q(**{f"{through}pk__in": hidden}) if hidden else found
        found = found | Q(**{f"{through}pk__in": shown}) if shown else found
    return found
