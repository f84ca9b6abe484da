"""Follow a source: a feed, a sitemap, a page, a folder or a mailbox that `habeas watch` looks at by itself.

Following an address tells its host, at every look, that this machine asks for it; `add` says so and asks first.
The password of a mailbox is asked for, or read from the first line of standard input where that is not a terminal.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import note, say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import User
    from habeas.sources.models import Feed
    from habeas.sources.queries import FeedRow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas source` takes."""
    asked = parser.add_subparsers(title="what to do", metavar="ACTION", required=True, dest="action")
    add = asked.add_parser("add", help="follow an address, a folder, or a mailbox (imaps://USER@HOST/FOLDER)")
    add.add_argument("address", metavar="ADDRESS")
    add.add_argument("--source", default="", metavar="NAME", help="who publishes there (default: the host)")
    add.add_argument("--page", action="store_true", help="the address is one page, no feed")
    add.add_argument("--language", default="", metavar="CODE", help="of all its documents (en, ar …)")
    add.add_argument("--every", type=int, default=60, metavar="MINUTES", help="between looks (default: 60)")
    add.add_argument("--yes", action="store_true", help="do not ask; whoever learns of it may")
    asked.add_parser("list", help="what is followed, and what is in trouble")
    many = asked.add_parser("import", help="follow every feed of an OPML list")
    many.add_argument("file", metavar="FILE")
    many.add_argument("--yes", action="store_true", help="do not ask; whoever learns of it may")
    asked.add_parser("export", help="print the feeds that are followed as an OPML list")
    for action, does in (("pause", "stop looking at a source"), ("resume", "look at it again")):
        asked.add_parser(action, help=does).add_argument("number", type=int, metavar="NUMBER")
    new = asked.add_parser("password", help="give the new password of a mailbox")
    new.add_argument("number", type=int, metavar="NUMBER")


def run(args: argparse.Namespace) -> int:
    """0 where it was done; 1 where the person said no."""
    user = desk.open_desk()
    if args.action in {"list", "export"}:
        say(_listed(user) if args.action == "list" else _opml(user), end="")
        return 0
    if args.action in {"add", "import"}:
        return _add(args, user) if args.action == "add" else _import(args, user)
    if args.action == "password":
        return _new_password(args.number, user)
    return _pause(args.number, user, paused=args.action == "pause")


def _add(args: argparse.Namespace, user: User) -> int:
    from pathlib import Path

    from habeas.accounts.services import home_team
    from habeas.core.actor import Actor
    from habeas.sources.fetch import web_address
    from habeas.sources.follow import add_feed, reveals
    from habeas.sources.mailbox import is_mailbox

    kind = "folder" if Path(args.address).is_dir() else "page" if args.page else "feed"
    kind = "mailbox" if is_mailbox(args.address) else kind
    say(reveals(args.address if kind in {"folder", "mailbox"} else web_address(args.address)))
    if kind != "folder" and not args.yes and not _agreed():
        note("Nothing was added.")
        return 1
    feed = add_feed(
        home_team(user),
        args.address,
        actor=Actor(user.pk, "source"),
        source=args.source,
        kind=kind,
        language=args.language,
        every_minutes=args.every,
        password=_password() if kind == "mailbox" else "",
    )
    say(f"Source {feed.pk}, {feed.source.name}, is looked at by `habeas watch` every {feed.every_minutes} minutes.")
    return 0


def _import(args: argparse.Namespace, user: User) -> int:
    from pathlib import Path

    from habeas.accounts.services import home_team
    from habeas.core.actor import Actor
    from habeas.sources import opml
    from habeas.sources.errors import SourcesError
    from habeas.sources.follow import add_feed
    from habeas.sources.visits import host_of

    try:
        listed = opml.read(Path(args.file).read_bytes(), args.file)
    except OSError as fault:
        raise HabeasError(f"{args.file} cannot be opened: {fault.strerror}.") from fault
    hosts = sorted({host_of(feed.address) for feed in listed})
    say(f"{len(listed)} feeds; these hosts will learn, at every look, that this machine asks: {', '.join(hosts)}.")
    if not args.yes and not _agreed():
        note("Nothing was added.")
        return 1
    added = 0
    for feed in listed:
        try:
            add_feed(home_team(user), feed.address, actor=Actor(user.pk, "source"), source=feed.name)
            added += 1
        except SourcesError as fault:
            note(str(fault))
    say(f"{added} sources are followed now.")
    return 0


def _opml(user: User) -> str:
    from habeas.sources import opml
    from habeas.sources.queries import feed_rows

    return opml.write(opml.Listed(row.source, row.address) for row in feed_rows(user) if row.kind == "feed")


def _agreed() -> bool:
    """Whether the person at the terminal says yes; nobody there is a no."""
    if not sys.stdin.isatty():
        note("Say --yes to follow it without being asked.")
        return False
    return input("Follow it? [y/N] ").strip().casefold() in {"y", "yes"}


def _password() -> str:
    return getpass.getpass("Password of the mailbox: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _new_password(number: int, user: User) -> int:
    from habeas.core.actor import Actor
    from habeas.sources.follow import set_password

    set_password(_feed(number, user), _password(), actor=Actor(user.pk, "source"))
    say(f"Source {number} is looked at with its new password.")
    return 0


def _pause(number: int, user: User, *, paused: bool) -> int:
    from habeas.core.actor import Actor
    from habeas.sources.follow import pause

    pause(_feed(number, user), actor=Actor(user.pk, "source"), paused=paused)
    say(f"Source {number} is {'left alone' if paused else 'looked at again'}.")
    return 0


def _feed(number: int, user: User) -> Feed:
    from habeas.sources.models import Feed

    feed = Feed.objects.visible_to(user).filter(pk=number).first()
    if feed is None:
        raise HabeasError(f"There is no source {number} on this desk; `habeas source list` shows them.")
    return feed


def _listed(user: User) -> str:
    from habeas.sources.queries import feed_rows

    return "".join(map(_line, feed_rows(user))) or "No source is followed; `habeas source add ADDRESS` adds one.\n"


def _line(row: FeedRow) -> str:
    looked = f"looked at {row.last_ok_at:%Y-%m-%d %H:%M}" if row.last_ok_at else "not yet looked at"
    state = "paused" if row.is_paused else row.trouble or looked
    told = f"{row.taken} taken in, {row.waiting} waiting, {row.changed} changed, {row.gone} gone"
    told += f", {row.refused} not taken in" if row.refused else ""
    return f"{row.feed:4}  {row.source}: {row.address}\n      {told}; {state}\n"
