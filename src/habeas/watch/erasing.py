"""What the watch held of somebody whose data are erased: alerts stay as empty shells, clocks and looks go."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from habeas.cases.erasing import Gone
from habeas.watch.models import Alert, Delivery, Dismissal, Look, OpenClock


def clean(gone: Gone) -> Iterator[Model]:
    """The rows that were emptied. What was still to be sent of them is not sent."""
    Look.objects.filter(case__in=gone.cases).delete()
    OpenClock.objects.filter(case__in=gone.cases).delete()
    Delivery.objects.filter(alert__case__in=gone.cases, sent_at=None).delete()
    for alert in Alert.objects.filter(case__in=gone.cases).order_by("pk"):
        alert.label = alert.ask = alert.step = ""
        alert.reasons, alert.facts = [], []
        alert.save()
        yield alert
    for dismissal in Dismissal.objects.filter(alert__case__in=gone.cases).order_by("pk"):
        dismissal.reason = ""
        dismissal.save()
        yield dismissal
