"""Options that several commands share."""

from __future__ import annotations

import argparse

from habeas.sources.formats import Item, iso_date, language_tag, original_address
from habeas.sources.stated import Stated

__all__ = ["Item", "Stated", "add_stated", "stated"]


def add_stated(parser: argparse.ArgumentParser, *, source: bool = True) -> None:
    """Adds --published, --language and --encoding, and with `source` --source, --title, --url and --translation-of."""
    if source:
        parser.add_argument("--source", default="", metavar="NAME", help="who published it, never who spoke")
        parser.add_argument("--title", default="", help="its title, where the file does not give it")
        parser.add_argument("--url", default="", metavar="ADDRESS", help="where it was published")
        parser.add_argument(
            "--translation-of", default="", metavar="ADDRESS", help="address or document number of what it translates"
        )
    parser.add_argument("--published", default="", metavar="DATE", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--language", default="", metavar="TAG", help="language of the text, such as en or ar")
    parser.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="encoding of text and HTML files (default: utf-8)"
    )


def stated(args: argparse.Namespace) -> Stated:
    """What was said with the options of `add_stated`. Raises BadOption for a date or language that is none."""
    return Stated(
        source=getattr(args, "source", ""),
        published=iso_date(args.published, "--published"),
        language=language_tag(args.language, "--language"),
        url=getattr(args, "url", ""),
        title=getattr(args, "title", ""),
        original=original_address(getattr(args, "translation_of", ""), "--translation-of"),
    )
