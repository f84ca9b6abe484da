"""What django-allauth is told about second factors: secrets are kept sealed with a key made from the desk's own."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from habeas.core.sealed import seal, unseal

PURPOSE = "habeas.accounts.second_factor"


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes, unreadable in a copy of the database."""

    def encrypt(self, text: str) -> str:
        """The text as it is kept."""
        return seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The text that was kept."""
        return unseal(encrypted_text, PURPOSE)
