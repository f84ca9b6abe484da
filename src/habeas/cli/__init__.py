"""The `habeas` command. Each module here is one command; none loads Django before its `run`."""

from habeas.cli.main import main

__all__ = ["main"]
