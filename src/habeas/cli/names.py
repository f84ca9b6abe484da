"""Compare names, and find a name among the people on file.

habeas names compare A B      are these one person: score, verdict and reason
habeas names compare -        pairs A<TAB>B on standard input, score<TAB>verdict<TAB>reason out, in order
habeas names find NAME        people on this desk with that name, in any spelling or script
"""

from __future__ import annotations

import argparse
import sys

from habeas.cli import desk
from habeas.core.errors import HabeasError


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
    from habeas.names import compare

    if args.first != "-":
        match = compare(args.first, args.second)
        print(f"{match.score:.3f}\t{match.verdict}\t{match.reason}")
        return 0
    faults = 0
    for number, raw in enumerate(iter(sys.stdin.buffer.readline, b""), start=1):
        first, tab, second = raw.decode("utf-8", "replace").rstrip("\r\n").partition("\t")
        if not tab:
            faults += 1
            print(f"habeas: Line {number} of standard input holds no tab between two names.", file=sys.stderr)
            print("\t\t", flush=True)  # one line out for each line in
            continue
        match = compare(first, second)
        print(f"{match.score:.3f}\t{match.verdict}\t{match.reason}", flush=True)
    return 1 if faults else 0


def run_find(args: argparse.Namespace) -> int:
    """0 where somebody was found, 1 where nobody was."""
    user = desk.open_desk()
    from habeas.cases import queries

    found = queries.find_people(user, args.name)
    for person, match in found:
        print(f"{match.score:.3f}\t{match.verdict}\t{person.name}\t{match.reason}")
    if not found:
        print(f"habeas: Nobody on file is named like {args.name!r}.", file=sys.stderr)
    return 0 if found else 1
