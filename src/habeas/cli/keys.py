"""The key of the desk's confidential fields: say where it is (`status`), or make a new one and encrypt anew (`rotate`).

Rotating is safe to stop and run again. Keep a copy of the key file apart from your backups of the database.
"""

from __future__ import annotations

import argparse

from habeas.cli import desk
from habeas.cli.say import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas keys` takes."""
    parser.add_argument("what", choices=("status", "rotate"), metavar="WHAT", help="status or rotate")


def run(args: argparse.Namespace) -> int:
    """0 once it is told or done."""
    operator = desk.open_desk()
    from habeas.accounts.rotation import rotate
    from habeas.core import encrypted, vault
    from habeas.core.actor import Actor

    if args.what == "rotate":
        count = rotate(actor=Actor(operator.pk, "command"))
        say(f"{count} values are encrypted with a new key, in {vault.path()}. Copy that file to where its copy is.")
        return 0
    vault.make(encrypted.is_anything_encrypted)
    say(f"The key of confidential fields is in {vault.path()}. Keep a copy of it apart from your backups.")
    return 0
