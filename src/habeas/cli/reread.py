"""Read again what an older reader read, and say what changed; what people judged stays, or waits for a look."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import count, say

if TYPE_CHECKING:
    from habeas.cases.rereading import Changed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas reread` takes."""
    parser.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")
    parser.add_argument("--quiet", action="store_true", help="only the last line")


def run(args: argparse.Namespace) -> int:
    """0 where every document was read by the present reader in the end."""
    user = desk.open_desk()
    from habeas.cases import rereading

    documents = carried = queued = 0
    of = rereading.unread(user).count()
    for changed in rereading.reread(user, dry_run=args.dry_run):
        documents, carried, queued = documents + 1, carried + changed.carried, queued + changed.queued
        if args.quiet:
            count(documents, of, "documents")
        else:
            say(as_text(changed))
    would = "would be " if args.dry_run else ""
    judged = "" if args.dry_run else f" {carried} judgements carried over, {queued} wait for a look."
    say(f"{documents} documents {would}read again.{judged}")
    return 0


def as_text(changed: Changed) -> str:
    """What changed in one document, a line a claim that is gone (-) or new (+)."""
    counts = f"{changed.same} claims as before, {len(changed.gone)} gone, {len(changed.new)} new"
    judged = (
        f"; {changed.carried} judgements carried, {changed.queued} wait" if changed.carried + changed.queued else ""
    )
    lines = [f"document {changed.document} ({changed.before or 'unread'} → {changed.after}): {counts}{judged}"]
    lines += [f"  - {words}" for words in changed.gone] + [f"  + {words}" for words in changed.new]
    return "\n".join(lines)
