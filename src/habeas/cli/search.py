"""Find words in documents, statements and people."""

from __future__ import annotations

import argparse

from habeas.cli import desk
from habeas.cli.say import complain, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas search` takes."""
    parser.add_argument("words", nargs="+", metavar="WORDS")


def run(args: argparse.Namespace) -> int:
    """0 where something was found, 1 where nothing was."""
    words = " ".join(args.words)
    user = desk.open_desk()
    from habeas.cases import queries, render

    found = queries.search(user, words)
    if not found:
        complain(f"No document, statement or person on this desk has {words!r}.")
    say(render.found_to_text(found), end="")
    return 0 if found else 1
