"""The field's terms as data: kinds and phases, regimes, speech acts, and the words of each language. Pure.

Every file is TOML under `vocab/<language>/<name>.toml`, written so that somebody who knows the language and the field,
but not Python, can read and mend it. Terms that belong to no language stand under `vocab/<name>.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class VocabularyError(LookupError):
    """A vocabulary file is missing or is not TOML. Check the name, or mend the file in src/habeas/vocab."""


@cache
def load(language: str | None, name: str) -> Mapping[str, Any]:
    """The vocabulary file `vocab/<language>/<name>.toml` as a read-only mapping, read once per process.

    `language` is a BCP 47 primary tag ("en"), or None for terms that belong to no language. Lists stay lists: do not
    change them. Raises VocabularyError where the file is missing or broken.
    """
    path = files(__name__).joinpath(*([language] if language else []), f"{name}.toml")
    where = f"vocab/{language}/{name}.toml" if language else f"vocab/{name}.toml"
    try:
        return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise VocabularyError(f"There is no vocabulary file {where}. Add it, or check the name.") from error
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"The vocabulary file {where} is not TOML: {error}. Mend that line.") from error
