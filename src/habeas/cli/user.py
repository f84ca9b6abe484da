"""Add a person who signs in to the desk with a user name and password.

The password is asked for, or read from the first line of standard input where that is not a terminal.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from habeas.cli import desk
from habeas.cli.say import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas user` takes."""
    parser.add_argument("username", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    """0 where the person was added to the desk's team."""
    operator = desk.open_desk()
    from habeas.accounts.services import add_user, home_team
    from habeas.core.actor import Actor

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    add_user(args.username, password, home_team(operator), actor=Actor(operator.pk, "command"))
    say(f"{args.username} can sign in now.")
    return 0
