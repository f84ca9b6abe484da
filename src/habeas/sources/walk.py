"""The files that paths lead to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from habeas.sources.errors import NothingThere


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take in; `by_name` where the person named it, False where it lay in a folder they named."""

    path: Path
    by_name: bool


def files(paths: Sequence[str]) -> Iterator[Found]:
    """Each file once a naming, folders walked in the order of their names; hidden files and links to folders left out.

    Raises NothingThere, before the first file, for a path that does not exist.
    """
    for path in paths:
        if "://" in path:
            raise NothingThere(
                f"{path} is an address; save the page, take in the file, and give the address with --url."
            )
        if not Path(path).exists():
            raise NothingThere(f"There is no file or folder {path!r}.")
    for path in map(Path, paths):
        if not path.is_dir():
            yield Found(path, by_name=True)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Found(Path(folder, name), by_name=False) for name in sorted(names) if not name.startswith("."))
