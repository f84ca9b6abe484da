"""Verify that nothing was changed: stored bytes, texts, passages, rows, and the audit chain."""

from __future__ import annotations

import argparse
from itertools import chain

from habeas.cli import desk
from habeas.cli.say import note, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `habeas check` takes."""
    parser.add_argument(
        "--fold-again", action="store_true", help="first make the states that lists show anew from the claims"
    )


def run(args: argparse.Namespace) -> int:
    """0 where everything is as it was written, 1 with a sentence for each thing that is not."""
    desk.open_desk()
    if args.fold_again:
        say(f"{_folded_again()} states were made anew.")
    from habeas.accounts.models import Membership
    from habeas.advocacy import checks as advocacy
    from habeas.audit import checks as audit
    from habeas.cases import checks as cases
    from habeas.sources import checks as sources
    from habeas.watch import checks as watch

    faults = 0
    sealed = (Membership, *sources.SEALED, *cases.SEALED, *watch.SEALED, *advocacy.SEALED)
    for fault in chain(sources.faults(), cases.faults(), audit.faults(sealed), audit.end_faults()):
        faults += 1
        note(fault)
    say("Everything is as it was written." if not faults else f"{faults} things are not as they were written.")
    if end := audit.end():
        say(f"The audit ends with {end}; noted elsewhere, this shows later that nothing before it was changed.")
    return 1 if faults else 0


def _folded_again() -> int:
    from habeas.cases import kept

    return kept.make_again()
