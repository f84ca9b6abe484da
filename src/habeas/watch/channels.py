"""How people are told: opening and closing their channels."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.sources.errors import SourcesError
from habeas.sources.fetch import web_address
from habeas.watch.models import Channel

SENT = ("mail", "webhook", "ntfy")
FETCHED = ("calendar", "atom")
HOW = ("at_once", "daily")


class CannotTell(HabeasError):
    """A channel cannot be opened like that."""


@transaction.atomic
def open_channel(
    user: User,
    kind: str,
    *,
    actor: Actor,
    address: str = "",
    secret: str = "",
    how: str = "at_once",
    language: str = "en",
) -> tuple[Channel, str]:
    """The channel made, and a secret to hand to the person now: the only time that it is seen.

    For a fetched kind the secret is part of the address; for a webhook it is the key of its signatures; '' for others.
    `secret` is an access token of an ntfy server; `language` one that the interface speaks, in which what it tells is
    written. Raises CannotTell for a kind, address, `how` or language that there is not.
    """
    if language not in dict(settings.LANGUAGES):
        raise CannotTell(f"The interface does not speak {language!r}; choose {', '.join(dict(settings.LANGUAGES))}.")
    if kind not in SENT + FETCHED or how not in HOW:
        raise CannotTell(f"There is no {how!r} channel of the kind {kind!r}; choose {', '.join(SENT + FETCHED)}.")
    made = secrets.token_urlsafe(32) if kind in {*FETCHED, "webhook"} else ""
    channel = Channel.objects.create(
        user=user,
        kind=kind,
        how=how,
        language=language,
        address=_address(kind, address.strip()),
        secret=made if kind == "webhook" else secret,
        fetch_sha256=_hash(made) if kind in FETCHED else "",
        made_at=timezone.now(),
    )
    audit.record("watch.channel.opened", channel, actor=actor, detail={"kind": kind})
    return channel, made


@transaction.atomic
def close_channel(channel: Channel, *, actor: Actor) -> None:
    """Ends a channel: nothing is sent to it any more, and its secret address answers nobody."""
    channel.closed_at = timezone.now()
    channel.address = channel.secret = ""
    channel.save(update_fields=["closed_at", "address", "secret"])
    audit.record("watch.channel.closed", channel, actor=actor)


def fetched_by(kind: str, secret: str) -> Channel | None:
    """The channel of a secret address; None where it was closed, never was, or its owner is no longer active."""
    found = Channel.objects.filter(kind=kind, fetch_sha256=_hash(secret), closed_at=None, user__is_active=True)
    return found.select_related("user").first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _address(kind: str, address: str) -> str:
    if kind in FETCHED:
        return ""
    try:
        if kind == "mail":
            validate_email(address)
            return address
        return web_address(address)
    except (ValidationError, SourcesError) as fault:
        wanted = (
            "a mail address, as in name@example.org" if kind == "mail" else "a web address, beginning with https://"
        )
        raise CannotTell(f"{address!r} is not {wanted}.") from fault
