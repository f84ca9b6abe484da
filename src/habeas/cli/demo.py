"""Fill a fresh desk from the bundled sample reports, print a case file, and serve the desk.

The people, places and outlets in the samples are invented. The demo has a folder of its own; your desk is untouched.
"""

from __future__ import annotations

import argparse
import os

from habeas.cli import case, desk, ingest, serve
from habeas.cli.say import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas demo` takes."""
    parser.add_argument("--no-serve", action="store_true", help="end after the case file")
    parser.add_argument("--port", type=int, default=8010, help="default: 8010")


def run(args: argparse.Namespace) -> int:
    """Serves until stopped; 0 after the case file with --no-serve."""
    from habeas.config import env

    if not env.text("HABEAS_DEMO_DIR"):
        os.environ["HABEAS_DEMO_DIR"] = str(env.data_dir() / "demo")
    os.environ["HABEAS_DATA_DIR"] = env.text("HABEAS_DEMO_DIR")
    os.environ.pop("HABEAS_DATABASE_URL", None)
    os.environ.pop("HABEAS_DATABASE_URL_FILE", None)
    user = desk.open_desk()
    from habeas.cases import render
    from habeas.demo import planned, samples

    summary = samples.fill(user, progress=desk.progress)
    planned.plan(user)
    say(ingest.as_text(summary))
    say(f"{samples.look(user)} alerts stand on the desk's Watch page, and a small plan under Plan.")
    say("\n" + render.to_text(case.file_of(user, samples.SHOWN)), end="")
    say(f"\nThe demo's folder is {os.environ['HABEAS_DATA_DIR']}; delete it to begin afresh.")
    return 0 if args.no_serve else serve.serve(user, port=args.port)
