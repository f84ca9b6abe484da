"""Settings from the environment. `docs/configuration.md` lists every name; a bad value names the allowed ones."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from platformdirs import user_data_path

from habeas.core.errors import HabeasError


class ConfigurationError(HabeasError):
    """A setting has a value that Habeas cannot use."""


def text(name: str, default: str = "") -> str:
    """The variable's value, or the content of the file that `NAME_FILE` points to, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ConfigurationError(
                f"{name}_FILE points to {path!r}, which cannot be read: {fault.strerror}."
            ) from fault
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, yes, true, on; False for 0, no, false, off or nothing. Raises ConfigurationError otherwise."""
    value = text(name).casefold()
    if not value:
        return default
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise ConfigurationError(f"{name} is {value!r}; write yes or no.")


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated values, trimmed; an empty list where there is none."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_dir() -> Path:
    """The folder of this desk's documents, keys and default database; `HABEAS_DATA_DIR` or the platform's own place."""
    named = text("HABEAS_DATA_DIR")
    return Path(named).expanduser().absolute() if named else user_data_path("habeas", appauthor=False)


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for a database address: `sqlite:///PATH`, `postgresql://USER:PASSWORD@HOST:PORT/NAME`, or ''.

    An empty address is the SQLite file in `folder`. Raises ConfigurationError for any other scheme.
    """
    parts = urlsplit(url or f"sqlite:///{folder / 'habeas.sqlite3'}")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": POSTGRESQL_PLANS, **dict(parse_qsl(parts.query, keep_blank_values=True))},
        }
    raise ConfigurationError(
        f"HABEAS_DATABASE_URL begins with {parts.scheme!r}; use sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
    )


def number(name: str, default: int) -> int:
    """The variable as a whole number of at least 1. Raises ConfigurationError for anything else."""
    told = text(name, str(default))
    if not (told.isascii() and told.isdecimal() and 1 <= int(told) <= 1_000_000):
        raise ConfigurationError(f"{name} is {told!r}; write a whole number of at least 1.")
    return int(told)


def mail(url: str) -> dict[str, Any]:
    """Django's settings for a mail server: `smtp://USER:PASSWORD@HOST:PORT` (STARTTLS where there is a password),
    `smtps://…` (TLS from the start), or '' for none on this machine. Raises ConfigurationError for any other scheme.
    """
    parts = urlsplit(url or "smtp://localhost:25")
    if parts.scheme not in {"smtp", "smtps"}:
        raise ConfigurationError(
            f"HABEAS_SMTP_URL begins with {parts.scheme!r}; use smtp://USER:PASSWORD@HOST:PORT or smtps://…"
        )
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587 if parts.password else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.password),
        "EMAIL_TIMEOUT": 20,
    }


# A page of the desk asks for a few rows that an index finds. Left to its defaults, made for disks that turn, the server
# would rather read a whole table for a thousand of them, and start another process to help. `?options=` in the address
# takes the place of both.
POSTGRESQL_PLANS = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"

# Pages are looked at where the system holds them: copying each was two fifths of adding to a desk of 320,000 claims.
SQLITE_MEMORY = "PRAGMA cache_size=-16000; PRAGMA mmap_size=2000000000;"


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {SQLITE_MEMORY}",
        },
    }


def secret_key(folder: Path) -> str:
    """`HABEAS_SECRET_KEY`, or a key made once and kept in `folder` where only the owner can read it."""
    if named := text("HABEAS_SECRET_KEY"):
        return named
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = folder / f".secret_key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(made, path)  # the first of several starting at once wins
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text(encoding="ascii").strip()
