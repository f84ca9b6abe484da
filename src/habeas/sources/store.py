"""The bytes of documents, kept once, by their SHA-256, never changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

BLOCK = 1024 * 1024  # bytes read at a time when a file is hashed again


def root() -> Path:
    """The folder that holds the bytes of this desk's documents."""
    return Path(settings.DATA_DIR) / "documents"


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash (hex) are, or would be."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def put(data: bytes) -> str:
    """The SHA-256 (hex) of the bytes, which are on disk, read-only, when this returns. Bytes already there stay."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{sha256}.{os.getpid()}")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.chmod(0o400)
    half.replace(path)  # whole or not at all: a killed run leaves only a half file that nothing refers to
    return sha256


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


def sweep() -> Iterator[Path]:
    """The half-written files of killed runs, each removed as it is yielded; only while nothing is taken in."""
    for half in root().glob("??/??/.*"):
        half.unlink(missing_ok=True)
        yield half
