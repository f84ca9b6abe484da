"""What the watch held of somebody whose data are erased: alerts stay as empty shells, clocks and looks go."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from habeas.cases.erasing import Gone, emptied
from habeas.watch.models import Alert, Delivery, Dismissal, Look, OpenClock


def clean(gone: Gone) -> Iterator[Model]:
    """The rows that were emptied. What was still to be sent of them is not sent."""
    Look.objects.filter(case__in=gone.cases).delete()
    OpenClock.objects.filter(case__in=gone.cases).delete()
    Delivery.objects.filter(alert__case__in=gone.cases, sent_at=None).delete()
    yield from emptied(Alert.objects.filter(case__in=gone.cases), label="", ask="", step="", reasons=[], facts=[])
    yield from emptied(Dismissal.objects.filter(alert__case__in=gone.cases), reason="")
