"""What SQLite knows of its tables."""

from __future__ import annotations

import pytest
from django.db import connection

from cast import cast, report
from habeas.cases.models import Claim
from habeas.core import statistics


@pytest.mark.django_db
def test_what_grew_is_counted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    people = cast()
    for number in range(30):
        report(people.alice, f"Tarek Oumari {number}")
    Claim.objects.filter(reading__document__team__in=[1], subject__kind="person").count()
    statistics.renew()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert "cases_claim" in {name for (name,) in cursor.fetchall()}
