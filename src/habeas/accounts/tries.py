"""How often a password may be tried: so often from one address for one account, and so often for either in all."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from habeas.accounts.models import FailedSignIn

WINDOW = timedelta(minutes=15)  # the sentence on the sign-in page names it
FOR_ONE_FROM_ONE = 5
FOR_ONE = 30  # more, so that a stranger does not keep somebody out with five wrong passwords
FROM_ONE = 60  # a whole office may share an address


def are_too_many(username: str, address: str) -> bool:
    """Whether no more passwords are tried for this account, or from this address, for now."""
    account, address = _hashed(username), _hashed(address)
    recent = FailedSignIn.objects.filter(at__gt=timezone.now() - WINDOW).aggregate(
        both=Count("pk", filter=Q(account=account, address=address)),
        account=Count("pk", filter=Q(account=account)),
        address=Count("pk", filter=Q(address=address)),
    )
    return bool(recent["both"] >= FOR_ONE_FROM_ONE or recent["account"] >= FOR_ONE or recent["address"] >= FROM_ONE)


def count(username: str, address: str) -> None:
    """Notes a wrong password, and forgets those that no longer count."""
    now = timezone.now()
    FailedSignIn.objects.filter(at__lte=now - WINDOW).delete()
    FailedSignIn.objects.create(at=now, account=_hashed(username), address=_hashed(address))


def forget(username: str, address: str) -> None:
    """Forgets the wrong passwords of somebody who then came in from there."""
    FailedSignIn.objects.filter(account=_hashed(username), address=_hashed(address)).delete()


def _hashed(value: str) -> str:
    return salted_hmac("habeas.accounts.tries", value.strip().casefold(), algorithm="sha256").hexdigest()
