"""Print what the desk holds in a form that others can use.

gold: what people judged, one reading a line (JSON), for the reader's own tests. It holds the texts and the names in
them: keep it as you keep the desk.
"""

from __future__ import annotations

import argparse

from habeas.cli import desk
from habeas.cli.say import say_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas export` takes."""
    parser.add_argument("what", metavar="WHAT", choices=("gold",), help="gold")


def run(args: argparse.Namespace) -> int:
    """0 once everything is printed."""
    user = desk.open_desk()
    from habeas.cases import gold

    for reading in gold.export(user):
        say_json(reading)
    return 0
