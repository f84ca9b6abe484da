"""The keys of the desk's confidential fields: a file of its own, beside the database or wherever HABEAS_KEY_FILE says.

It holds Fernet keys, the newest first, and a secret for the audit's seals, which stays. The key before the newest is
kept until the next rotation, for whatever another worker wrote while the newest came.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from habeas.core.errors import HabeasError

MARK = "enc1:"  # before every encrypted value; what is without it stands in clear
Stamp = tuple[str, int, int]


class KeyMissing(HabeasError):
    """The key of this desk's confidential fields is missing or another one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Fernet keys, the newest first; `seal` the secret of the seals; `turning` while a rotation is under way."""

    fernet: tuple[str, ...]
    seal: str
    turning: bool = False

    def cipher(self) -> MultiFernet:
        """Encrypts with the newest key and decrypts with any."""
        return MultiFernet([Fernet(key) for key in self.fernet])


_held: dict[Path, tuple[Stamp, Keys, MultiFernet]] = {}


def path() -> Path:
    """The file that holds the keys."""
    return Path(settings.KEY_FILE or Path(settings.DATA_DIR) / "field_keys")


def encrypt(text: str) -> str:
    """The text as it is kept. Raises KeyMissing."""
    return MARK + _current()[1].encrypt(text.encode()).decode("ascii")


def decrypt(kept: str) -> str:
    """The text that was kept; one that stands in clear as it is. Raises KeyMissing."""
    if not kept.startswith(MARK):
        return kept
    try:
        return _current()[1].decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken as fault:
        raise KeyMissing(
            f"{path()} does not hold the key of this desk's confidential fields; put yours back."
        ) from fault


def is_newest(kept: str) -> bool:
    """Whether the value is encrypted with the newest key."""
    try:
        Fernet(_current()[0].fernet[0]).decrypt(kept.removeprefix(MARK).encode())
    except InvalidToken:
        return False
    return kept.startswith(MARK)


def seal_secret() -> bytes:
    """The secret under which seals of confidential fields are made; it survives rotation. Raises KeyMissing."""
    return base64.urlsafe_b64decode(_current()[0].seal)


def turn() -> Keys:
    """The keys with a new one in front; those of a rotation that was stopped, where it has one in front already."""
    keys = _current()[0]
    if not keys.turning:
        keys = replace(keys, fernet=(_new(), keys.fernet[0]), turning=True)
        _write(keys)
    return keys


def turned() -> None:
    """Notes that everything is under the newest key."""
    _write(replace(_current()[0], turning=False))


def make(is_used: Callable[[], bool]) -> None:
    """Makes the file where there is none. Raises KeyMissing where `is_used` says that a key was in use before."""
    if path().exists():
        return
    if is_used():
        raise KeyMissing(
            f"{path()}, the key of this desk's confidential fields, is missing; put it back from your copy. "
            "Without it contacts, notes and reasons cannot be read; everything else can."
        )
    _write(Keys((_new(),), _new()), is_first=True)


def _current() -> tuple[Keys, MultiFernet]:
    where = path()
    if not where.exists():
        from habeas.core.encrypted import is_anything_encrypted  # noqa: PLC0415 - which imports this module

        make(is_anything_encrypted)
    told = where.stat()
    stamp = (str(told.st_ino), told.st_mtime_ns, told.st_size)
    held = _held.get(where)
    if held is None or held[0] != stamp:
        keys = _read(where)
        held = _held[where] = (stamp, keys, keys.cipher())
    return held[1], held[2]


def _read(where: Path) -> Keys:
    try:
        told = json.loads(where.read_text(encoding="ascii"))
        keys = Keys(tuple(told["fernet"]), str(told["seal"]), bool(told["turning"]))
        keys.cipher()
    except (ValueError, KeyError, TypeError) as fault:
        raise KeyMissing(f"{where} holds no keys of confidential fields; put yours back from your copy.") from fault
    return keys


def _write(keys: Keys, *, is_first: bool = False) -> None:
    """Whole or not at all, for the owner's eyes alone; of several that make the first file at once one wins."""
    where = path()
    where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = where.with_name(f".{where.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        json.dump({"fernet": keys.fernet, "seal": keys.seal, "turning": keys.turning}, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(made, where) if is_first else made.replace(where)
    except FileExistsError:
        pass
    finally:
        made.unlink(missing_ok=True)


def _new() -> str:
    return Fernet.generate_key().decode("ascii")
