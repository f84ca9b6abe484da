"""Compare names, and find a name among the people on file.

habeas names compare A B      are these one person: score, verdict and reason
habeas names compare -        pairs A<TAB>B on standard input, score<TAB>verdict<TAB>reason out, in order
habeas names find NAME        people on this desk with that name, in any spelling or script
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator

from habeas.cli import desk
from habeas.cli.say import complain, say
from habeas.core.errors import HabeasError

CHUNK = 1 << 16
_SELDOM = 200_000  # objects made between two looks for cycles; comparing leaves none, and looking took a sixth of it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas names` takes."""
    parts = parser.add_subparsers(metavar="compare|find", required=True)
    compare = parts.add_parser("compare", help="compare two names, or pairs on standard input")
    compare.add_argument("first", metavar="A", help="a name, or - for pairs on standard input")
    compare.add_argument("second", metavar="B", nargs="?")
    compare.set_defaults(run=run_compare)
    find = parts.add_parser("find", help="find a name among the people on file")
    find.add_argument("name", metavar="NAME")
    find.set_defaults(run=run_find)


def run(args: argparse.Namespace) -> int:
    """Never reached: each part has its own."""
    raise HabeasError("Say what to do: habeas names compare A B, or habeas names find NAME.")


def run_compare(args: argparse.Namespace) -> int:
    """0 where every pair was compared, 1 where a line held no pair."""
    if args.first != "-" and args.second is None:
        raise HabeasError("Two names are needed: habeas names compare A B.")
    if args.first != "-":
        say(_compared([(args.first, args.second)])[0])
        return 0
    gc.set_threshold(_SELDOM)
    done = faults = 0
    for lines in _arriving():
        pairs = [_pair(line, number) for number, line in enumerate(lines, start=done + 1)]
        answers = iter(_compared([pair for pair in pairs if pair]))
        say("\n".join([next(answers) if pair else "\t\t" for pair in pairs]))  # one line out for each line in
        faults += pairs.count(None)
        done += len(lines)
    return 1 if faults else 0


def _pair(line: bytes, number: int) -> tuple[str, str] | None:
    """The two names of a line; None, after a complaint, where it is not two names with a tab between them."""
    try:
        names = line.decode("utf-8").rstrip("\r").split("\t")
    except UnicodeDecodeError:
        complain(f"Line {number} of standard input is not UTF-8 text.")
        return None
    if len(names) != 2:
        tabs = "no tab between two names" if len(names) == 1 else "more than two names"
        complain(f"Line {number} of standard input holds {tabs}.")
        return None
    return names[0], names[1]


def _compared(pairs: list[tuple[str, str]]) -> list[str]:
    from habeas.names import compare_each

    return [f"{match.score:.3f}\t{match.verdict}\t{match.reason}" for match in compare_each(pairs)]


def _arriving() -> Iterator[list[bytes]]:
    """The whole lines that have arrived on standard input, again and again: none waits for the next to be answered."""
    rest = b""
    while chunk := os.read(sys.stdin.fileno(), CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            yield lines
    if rest:
        yield [rest]


def run_find(args: argparse.Namespace) -> int:
    """0 where somebody was found, 1 where nobody was."""
    user = desk.open_desk()
    from habeas.cases import queries

    found = queries.find_people(user, args.name)
    for person, match in found:
        say(f"{match.score:.3f}\t{match.verdict}\t{person.name}\t{match.reason}")
    if not found:
        complain(f"Nobody on file is named like {args.name!r}.")
    return 0 if found else 1
