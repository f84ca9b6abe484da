"""Print what the desk holds in a form that others can use.

gold: what people judged, one reading a line (JSON), for the reader's own tests. It holds the texts and the names in
them: keep it as you keep the desk.
wacz: what was fetched for one person's case, as a web archive that replay programs open.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from habeas.cli import desk
from habeas.cli.case import file_of
from habeas.cli.say import say, say_json
from habeas.core.errors import HabeasError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas export` takes."""
    parser.add_argument("what", metavar="WHAT", choices=("gold", "wacz"), help="gold or wacz")
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="whose case (wacz)")
    parser.add_argument("--out", metavar="FILE", help="the file to write (wacz)")


def run(args: argparse.Namespace) -> int:
    """0 once everything is printed."""
    if args.what == "wacz":
        return _wacz(args.name, args.out)
    user = desk.open_desk()
    from habeas.cases import gold

    for reading in gold.export(user):
        say_json(reading)
    return 0


def _wacz(name: str, out: str | None) -> int:
    if not name or not out:
        raise HabeasError("Say whose case and which file: habeas export wacz NAME --out FILE.wacz.")
    user = desk.open_desk()
    file = file_of(user, name)
    from habeas.core.actor import Actor
    from habeas.sources import wacz
    from habeas.sources.models import Capture, Document

    documents = Document.objects.visible_to(user).filter(pk__in=[document.document for document in file.documents])
    captures = Capture.objects.filter(document__in=documents).select_related("document").order_by("pk")
    try:
        count = wacz.write(captures, Path(out), f"case {file.case}", actor=Actor(user.pk, "export"))
    except OSError as fault:
        raise HabeasError(f"{out} cannot be written: {fault.strerror}.") from fault
    say(f"{count} captures are in {out}.")
    return 0
