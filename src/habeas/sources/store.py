"""The bytes of documents, kept once, by their SHA-256, never changed."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

BLOCK = 1024 * 1024  # bytes read at a time when a file is hashed again
HALF_IS_LEFT_S = 3600.0  # after an hour nobody is still writing it


def root() -> Path:
    """The folder that holds the bytes of this desk's documents."""
    return Path(settings.DATA_DIR) / "documents"


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash (hex) are, or would be."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def sha256(data: bytes) -> str:
    """The SHA-256 (hex) of the bytes."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes, sha256: str) -> None:
    """Has the bytes, whose hash (hex) is `sha256`, on disk and read-only when it returns. Bytes already there stay."""
    path = path_of(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _halves().mkdir(parents=True, exist_ok=True, mode=0o700)
    half = _halves() / f"{sha256}.{os.getpid()}"
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.chmod(0o400)
    half.replace(path)  # whole or not at all: a killed run leaves only a half file that nothing refers to


def get(sha256: str) -> bytes:
    """The bytes with this hash. Raises FileNotFoundError where they are missing."""
    return path_of(sha256).read_bytes()


def sha256_on_disk(sha256: str) -> str | None:
    """The hash that the stored bytes have now, or None where they are missing."""
    digest = hashlib.sha256()
    try:
        with path_of(sha256).open("rb") as file:
            for block in iter(lambda: file.read(BLOCK), b""):
                digest.update(block)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def sweep() -> None:
    """Removes what killed runs left half-written. Only what is old goes: another process may be writing now."""
    before = time.time() - HALF_IS_LEFT_S
    for half in _halves().glob("*"):
        with suppress(FileNotFoundError):  # moved to its place meanwhile
            if half.stat().st_mtime < before:
                half.unlink()


def _halves() -> Path:
    """The folder in which files are written before they are moved to their place, whole."""
    return root() / ".half"
