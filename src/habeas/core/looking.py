"""What one look at the desk asks over and over (whose teams, what is hidden), asked of the database once.

A look is a read that began: what may be seen is the same from its beginning to its end. Nothing is remembered after
it, and nothing outside of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_seen: ContextVar[dict[Any, Any] | None] = ContextVar("seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """A stretch, or with `@one_look()` a function, that only reads; one inside another is part of it."""
    if _seen.get() is not None:
        yield
        return
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once_a_look(ask: Callable[P, R]) -> Callable[P, R]:
    """The same function, called once a look for the same arguments: hashable ones; nobody changes its answer."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        seen = _seen.get()
        if seen is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in seen:
            seen[key] = ask(*args, **kwargs)
        found: R = seen[key]
        return found

    return asked
