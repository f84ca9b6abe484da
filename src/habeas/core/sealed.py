"""Secrets that must be used again, unreadable in a copy of the database: sealed with a key made from the desk's own."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

from habeas.core.errors import HabeasError


class SealBroken(HabeasError):
    """What was sealed does not open with this desk's key."""


def seal(secret: str, purpose: str) -> str:
    """The secret as it is kept; it opens for the same `purpose` alone."""
    return _cipher(purpose).encrypt(secret.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The secret that was sealed. Raises SealBroken where the desk's key is another now."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise SealBroken("A secret was sealed with another key than this desk has; give it again.") from fault


def _cipher(purpose: str) -> Fernet:
    key = salted_hmac(purpose, "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
