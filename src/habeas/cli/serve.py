"""Serve the desk on this machine and print a link that signs you in once."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from habeas.cli import desk
from habeas.cli.say import say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import User

THREADS = 4  # of each process


class AddressTaken(HabeasError):
    """Another program listens at that address."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas serve` takes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=8010, help="default: 8010")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")


def run(args: argparse.Namespace) -> int:
    """Serves until stopped."""
    return serve(desk.open_desk(), host=args.host, port=args.port, workers=args.workers)


def serve(user: User, *, host: str = "127.0.0.1", port: int = 8010, workers: int = 2) -> int:
    """Prints the desk's address with a one-time link for `user`, and serves until stopped. Raises AddressTaken."""
    _must_be_free(host, port)
    from habeas.accounts.services import make_sign_in_link
    from habeas.core.actor import Actor

    secret = make_sign_in_link(user, actor=Actor(user.pk, "serve"))
    say(f"The desk is at http://{host}:{port}/ and is served until you press Ctrl-C.")
    say(f"This link signs you in, once, within twelve hours:\n  http://{host}:{port}/sign-in/link/{secret}")
    from django.db import connections

    connections.close_all()  # each worker opens its own
    # Threads, so that somebody's long reading neither stops the others nor is stopped as if it hung.
    processes = {"workers": workers, "worker_class": "gthread", "threads": THREADS, "preload_app": True}
    _application({"bind": f"{host}:{port}", "loglevel": "warning", "worker_exit": _gone, **processes}).run()
    return 0


def _gone(_server: object, _worker: object) -> None:
    """Ends a process whose work is done: threads of the reader that were begun in a thread cannot be ended in order."""
    os._exit(0)


def _must_be_free(host: str, port: int) -> None:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as fault:
            raise AddressTaken(f"{host}:{port} cannot be used ({fault}); choose another with --port.") from fault


def _application(settings: dict[str, Any]) -> Any:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Desk(BaseApplication):  # type: ignore[misc]
        """Our application in gunicorn, configured here alone."""

        def load_config(self) -> None:
            """Takes the settings given above and nothing else."""
            for key, value in settings.items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            """The WSGI application."""
            from habeas.config.wsgi import application

            return application

    return Desk()
