"""Remove what this desk has kept long enough: originals, or reports that lead to no case. A hash and the rule are left.

Nothing goes without --yes. A rule that is kept every day is set on the desk, under Settings. It cannot be undone; after
you put a backup back in its place, run it again.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import note, say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.cases.retaining import Rule
    from habeas.core.actor import Actor

LOSE = {  # which documents lose what
    "originals": ("documents", "the file they were taken from; their text stays"),
    "unconnected": ("documents that lead to no case", "file and text"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas retain` takes."""
    parser.add_argument("--days", type=int, required=True, help="how long it is kept after it was last captured")
    parser.add_argument("--originals", action="store_true", help="the files of documents; their text stays")
    parser.add_argument("--unconnected", action="store_true", help="whatever was taken in and leads to no case")
    parser.add_argument("--source", default="", metavar="NAME", help="only what this source published")
    parser.add_argument("--yes", action="store_true", help="do it; without this, say what would go")


def run(args: argparse.Namespace) -> int:
    """0 where it was done, or said what would be."""
    user = desk.open_desk()
    from habeas.cases.retaining import WHAT, Rule
    from habeas.core.actor import Actor

    rules = [Rule(what, args.days, args.source) for what in WHAT if getattr(args, what)]
    if not rules:
        raise HabeasError("Say what is kept no longer: --originals, --unconnected, or both.")
    for rule in rules:
        _keep(rule, Actor(user.pk, "command"), do=args.yes)
    return 0


def _keep(rule: Rule, actor: Actor, *, do: bool) -> None:
    from habeas.cases import retaining

    total, (which, what) = retaining.due(rule, actor=actor).count(), LOSE[rule.what]
    if not do:
        say(f"{total} {which} would lose {what}. --yes does it, for good.")
        return
    done = 0
    for done in retaining.retire(rule, actor=actor):
        if sys.stderr.isatty():
            note(f"{done} of {total}")
    say(f"{done} {which} lost {what}. Their hashes and the rule are left.")
