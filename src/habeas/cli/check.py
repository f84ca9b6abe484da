"""Verify that nothing was changed: stored bytes, texts, passages, and the audit chain."""

from __future__ import annotations

import argparse
import sys
from itertools import chain

from habeas.cli import desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`habeas check` takes nothing."""


def run(args: argparse.Namespace) -> int:
    """0 where everything is as it was written, 1 with a sentence for each thing that is not."""
    desk.open_desk()
    from habeas.audit import services as audit
    from habeas.cases import checks as cases
    from habeas.sources import checks as sources

    faults = 0
    for fault in chain(sources.faults(), cases.faults(), audit.faults()):
        faults += 1
        print(fault, file=sys.stderr)
    print("Everything is as it was written." if not faults else f"{faults} things are not as they were written.")
    return 1 if faults else 0
