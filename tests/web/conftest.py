"""A desk with its people, and browsers of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cast import Cast, cast
from habeas.accounts.models import User


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def alice(people: Cast, client_of: Callable[[User], Client]) -> Client:
    return client_of(people.alice)


@pytest.fixture
def charlie(people: Cast, client_of: Callable[[User], Client]) -> Client:
    """An outsider, with a team of his own."""
    return client_of(people.charlie)
