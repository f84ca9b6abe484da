"""Erase what this desk holds of a person, on request: a hash and the reason are left.

It cannot be undone. After you put a backup back in its place, `habeas erase --again` erases whoever had been erased.
"""

from __future__ import annotations

import argparse

from habeas.cli import desk
from habeas.cli.say import say
from habeas.core.errors import HabeasError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas erase` takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the person's name, in any spelling or script")
    parser.add_argument("--reason", default="", help="why and on whose request, without the name; it is kept")
    parser.add_argument("--yes", action="store_true", help="do it; without this, say what would be erased")
    parser.add_argument("--again", action="store_true", help="after a restore: erase whoever had been erased")
    parser.add_argument("--finish", action="store_true", help="remove what a stopped erasing left on disk")


def run(args: argparse.Namespace) -> int:
    """0 where it was done, or said what would be."""
    user = desk.open_desk()
    from habeas.cases import erasing
    from habeas.cases.models import Person
    from habeas.cli.case import file_of
    from habeas.core.actor import Actor

    actor = Actor(user.pk, "command")
    if args.again:
        say(f"{erasing.again(actor=actor)} people were erased again.")
    if args.again or args.finish:
        say(f"{erasing.finish()} files that were left on disk are gone.")
        return 0
    if not args.name:
        raise HabeasError("Name the person whose data are to be erased, or give --again or --finish.")
    file = file_of(user, args.name)
    if not args.yes:
        say(f"{len(file.documents)} documents name {file.name}; their files would be removed. --yes does it, for good.")
        return 0
    made = erasing.erase(Person.objects.get(pk=file.person), reason=args.reason, actor=actor)
    say(f"Erased, in {len(made.documents)} documents. What is left is the reason and the hashes (erasure {made.pk}).")
    return 0
