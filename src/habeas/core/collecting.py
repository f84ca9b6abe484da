"""Work that makes very many objects at once, without Python's search for those that only point at each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """A stretch, or with `@no_collecting()` a function, in which nothing is searched for; it is searched for after it.

    Python searches whenever some hundreds of objects more are there than before: where two hundred reports become rows,
    over and over among what is all in use, a fifth of the whole work. What nothing points at any more goes at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
