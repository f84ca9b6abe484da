"""Reads the command line and runs one command. Failure is exit 1 and one plain sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from habeas import __version__
from habeas.cli import (
    access,
    case,
    check,
    demo,
    erase,
    export,
    ingest,
    keys,
    names,
    read,
    reread,
    retain,
    search,
    serve,
    source,
    user,
    watch,
)
from habeas.cli.say import complain
from habeas.core.errors import HabeasError

# Several workers share a machine: each keeps to one core. Two BLAS threads that wait for each other cost the encoder
# twice the processor time. Set before anything loads NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS = (
    demo,
    read,
    ingest,
    reread,
    case,
    search,
    names,
    source,
    watch,
    export,
    erase,
    retain,
    serve,
    user,
    access,
    keys,
    check,
)


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong command line is one sentence and exit 1, as every other failure."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(1, f"{self.prog}: {message}. `{self.prog} --help` lists what there is.\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line, each command with its `run`."""
    top = _Parser(prog="habeas", description="Sourced case files for people held in detention.")
    top.add_argument("--version", action="version", version=f"habeas {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        one_line = (command.__doc__ or "").strip().splitlines()[0]
        sub = commands.add_parser(
            name, help=one_line, description=command.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of the command: 0 done, 1 failed with one sentence on standard error, 130 stopped by hand."""
    args = parser().parse_args(argv)
    try:
        code = args.run(args)
        sys.stdout.flush()
    except HabeasError as fault:
        complain(str(fault))
        return 1
    except KeyboardInterrupt:
        complain("stopped. Run the same command again to go on.")
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone (`habeas read - | head`); nothing is lost, and nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return int(code)
