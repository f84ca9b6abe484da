"""Capture documents, read them, and take what was read into the case files.

PATH is a file (text, HTML, PDF with a text layer, JSON lines), a folder, or a web address, whose host then learns that
you asked for the page. Safe to stop and run again.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from habeas.cli import desk, options
from habeas.cli.say import one_line, say

if TYPE_CHECKING:
    from habeas.accounts.models import User
    from habeas.cases.intake import Summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas ingest` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--dry-run", action="store_true", help="read, and say what would be taken in; write nothing")
    options.add_stated(parser)


def run(args: argparse.Namespace) -> int:
    """0 where everything was taken in, or skipped for a stated reason."""
    stated = options.stated(args)
    if args.dry_run:
        return _rehearse(args, stated)
    user = desk.open_desk()
    from habeas.cases import intake

    _is_there(stated.original, user)

    summary = intake.ingest(
        args.paths,
        stated,
        user=user,
        encoding=args.encoding,
        progress=desk.progress,
    )
    say(as_text(summary))
    return 0


def _is_there(original: str, user: User) -> None:
    """Raises CannotPair for a number that no document has; an address may come later."""
    from habeas.accounts.services import home_team
    from habeas.sources import translations

    if original.isdecimal() and translations.found(home_team(user).pk, original) is None:
        raise translations.CannotPair(
            f"There is no document {original} on this desk; the address of a document's page ends in its number."
        )


def _rehearse(args: argparse.Namespace, stated: options.Stated) -> int:
    from habeas.cases.opening import rehearse
    from habeas.config import env

    for line in rehearse(args.paths, stated, encoding=args.encoding, hosts=env.words("HABEAS_FETCH_HOSTS")):
        say(line)
    return 0


def as_text(summary: Summary) -> str:
    """The summary of a run, a line a thing."""
    lines = [
        f"{summary.documents} new documents, {summary.known} captured again, {summary.done_before} done before.",
        f"{summary.statements} statements and {summary.claims} claims proposed; {summary.cases} cases opened.",
    ]
    lines += [f"{count} × {note}" for note, count in sorted(summary.unread.items())]
    if summary.skipped:
        lines.append(f"{len(summary.skipped)} files skipped:")
        lines += ["  " + one_line(f"{path}: {reason}") for path, reason in summary.skipped]
    return "\n".join(lines)
