"""Two workers on one desk: no alert twice, no message twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import pytest
from django.core import mail
from django.db import connection

from cast import actor, cast, report
from habeas.watch import channels, delivery, services
from habeas.watch.models import Alert, Delivery

NAMES = [f"{given} {family}" for given in ("Tarek", "Salma", "Yusuf") for family in ("Oumari", "Aydin", "Darwish")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite database is one thread's")
def test_no_alert_and_no_message_twice() -> None:
    people = cast()
    for name in NAMES:
        report(people.alice, name)
    channels.open_channel(people.bob, "mail", address="bob@example.org", actor=actor(people.bob))
    start, faults = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait()
            services.tick(actor=actor(people.alice), on=date(2026, 3, 5))
            delivery.deliver()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert set(Counter(Alert.objects.values_list("case", "rule", "step")).values()) == {1}
    delivery.deliver()
    assert Delivery.objects.filter(sent_at=None).count() == 0
    told = Counter(line for sent in mail.outbox for line in sent.body.splitlines() if line.startswith("Case "))
    assert set(told.values()) == {1}
    assert len(told) == Alert.objects.count()
