"""Verify that nothing was changed: stored bytes, texts, passages, rows, and the audit chain.

A desk from before rows had seals has rows that no line of the audit tells of. `--seal-old` seals them as they are now,
on record; from then on `habeas check` says since when they are vouched for.
"""

from __future__ import annotations

import argparse
from itertools import chain
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import note, say

if TYPE_CHECKING:
    from django.db.models import Model


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas check` takes."""
    parser.add_argument("--seal-old", action="store_true", help="first seal rows that no line of the audit tells of")
    parser.add_argument(
        "--fold-again",
        action="store_true",
        help="first make anew from what was read what lists show and what search finds",
    )

    parser.add_argument(
        "--deep",
        action="store_true",
        help="also work out anew by what names are compared, repeats noticed and words found; takes a while",
    )


def sealed() -> tuple[type[Model], ...]:
    """Every model of which no row may be there without a line of the audit that tells who wrote it."""
    from habeas.accounts.models import Membership
    from habeas.advocacy import checks as advocacy
    from habeas.cases import checks as cases
    from habeas.sources import checks as sources
    from habeas.watch import checks as watch

    return (Membership, *sources.SEALED, *cases.SEALED, *watch.SEALED, *advocacy.SEALED)


def run(args: argparse.Namespace) -> int:
    """0 where everything is as it was written, 1 with a sentence for each thing that is not."""
    user = desk.open_desk()
    from habeas.accounts import old_rows
    from habeas.audit import checks as audit
    from habeas.audit import untold
    from habeas.cases import checks as cases
    from habeas.cases import derived
    from habeas.core.actor import Actor
    from habeas.sources import checks as sources

    if args.fold_again:
        states, texts = _made_again(deep=args.deep)
        say(f"{states} states were made anew, and {texts} texts and names that search goes by put right.")
    if args.seal_old:
        say(f"{old_rows.seal(sealed(), actor=Actor(user.pk, 'command'))} rows were sealed as they are now.")
    faults = 0
    deep = derived.faults() if args.deep else ()
    for fault in chain(sources.faults(), cases.faults(), deep, audit.faults(sealed()), audit.end_faults()):
        faults += 1
        note(fault)
    say("Everything is as it was written." if not faults else f"{faults} things are not as they were written.")
    for one in untold.late():
        say(f"{one.rows} rows ({one.kind}) are vouched for since {one.on} only: they were sealed late.")
    if end := audit.end():
        say(f"The audit ends with {end}; noted elsewhere, this shows later that nothing before it was changed.")
    return 1 if faults else 0


def _made_again(*, deep: bool) -> tuple[int, int]:
    from habeas.cases import derived, finding, kept

    return kept.make_again(), finding.make_again() + (derived.make_again() if deep else 0)
