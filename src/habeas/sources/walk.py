"""What the paths and addresses that a person names lead to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from habeas.sources.errors import NothingThere


@dataclass(frozen=True, slots=True)
class Found:
    """A file or a web address to take in; `by_name` where the person named it, False where it lay in a folder.

    `leads_out` where it is a link in a folder to something outside: whoever packed the folder may want our own files.
    """

    where: Path | str
    by_name: bool
    leads_out: bool = False

    @property
    def original(self) -> str:
        """How a capture record names it: the absolute path, or the address."""
        return self.where if isinstance(self.where, str) else str(self.where.absolute())


def find(named: Sequence[str]) -> Iterator[Found]:
    """Each file or address once a naming, folders walked by name; hidden files and links to folders left out.

    Raises NothingThere, before the first of them, for a path that does not exist.
    """
    for name in named:
        if not is_address(name) and not Path(name).exists():
            raise NothingThere(f"There is no file or folder {name!r}.")
    for name in named:
        if is_address(name):
            yield Found(name, by_name=True)
        elif Path(name).is_dir():
            yield from _walk(Path(name))
        else:
            yield Found(Path(name), by_name=True)


def is_address(name: str) -> bool:
    """Whether it is a web address and not a path."""
    return "://" in name


def _walk(top: Path) -> Iterator[Found]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                yield Found(path, by_name=False, leads_out=path.is_symlink() and not _is_within(path, top))


def _is_within(path: Path, top: Path) -> bool:
    try:
        return path.resolve().is_relative_to(top.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
