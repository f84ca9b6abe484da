"""Print what is found in documents; touches no database.

FILE is text, HTML, PDF or JSON lines. `-` takes documents as JSON lines {"id", "text", "title", "published",
"language"} on standard input and prints each reading, one JSON object a line, as soon as it is done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import IO

from habeas.cli import options
from habeas.cli.say import complain, say, say_json
from habeas.core.errors import HabeasError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas read` takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for JSON lines on standard input")
    parser.add_argument("--format", choices=("text", "jsonl"), help="default: text for files, jsonl for -")
    parser.add_argument("--relevant-only", action="store_true", help="set aside texts that do not concern detention")
    parser.add_argument("--explain", action="store_true", help="say for each claim what decided (with --format text)")
    options.add_stated(parser, source=False)


def run(args: argparse.Namespace) -> int:
    """0 where every document was read, 1 where one was not."""
    stated = options.stated(args)
    if args.files == ["-"]:
        return _stream(sys.stdin.buffer, args, stated)
    from habeas.sources import formats, walk

    for found in walk.find(args.files):
        if isinstance(found.where, str):
            raise HabeasError(f"{found.where} is an address; habeas read takes files, habeas ingest fetches.")
        for item in formats.items(found.where, encoding=args.encoding):
            _show(item, args, stated, args.format or "text")
    return 0


def _stream(lines: IO[bytes], args: argparse.Namespace, stated: options.Stated) -> int:
    from habeas.sources import formats
    from habeas.sources.errors import SourcesError

    faults = 0
    for number, line in _numbered(lines):
        try:
            item = formats.line_item(line, f"Line {number} of standard input")
        except SourcesError as fault:
            faults += 1
            complain(str(fault))
            continue
        _show(item, args, stated, args.format or "jsonl")
    return 1 if faults else 0


def _numbered(lines: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The lines that hold something; None for one that is longer than any document, which is not kept in memory."""
    from habeas.sources.formats import FILE_LIMIT

    for number, line in enumerate(iter(lambda: lines.readline(FILE_LIMIT), b""), start=1):
        if len(line) < FILE_LIMIT or line.endswith(b"\n"):
            if line := line.strip():
                yield number, line
            continue
        yield number, None
        while (rest := lines.readline(FILE_LIMIT)) and not rest.endswith(b"\n"):
            pass


def _show(item: options.Item, args: argparse.Namespace, stated: options.Stated, form: str) -> None:
    from habeas import extraction

    reading = extraction.read(
        item.text,
        id=item.id or None,
        title=item.title or None,
        published=stated.published or item.published or None,
        language=stated.language or item.language or None,
        relevant_only=args.relevant_only,
    )
    if form == "jsonl":
        say_json(extraction.to_json(reading))
    else:
        from habeas.extraction.render import as_text

        say(as_text(reading, item.text, explain=args.explain))
