"""What plans held of somebody whose data are erased: rows stay as empty shells, so that the rest of the plan holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model, Q
from django.utils import timezone

from habeas.advocacy.models import (
    Answer,
    Communication,
    CommunicationCase,
    Firing,
    ListedName,
    Note,
    PlanCase,
    PlanLine,
    Pledge,
    PledgeStep,
    Share,
)
from habeas.cases.erasing import GONE, Gone, emptied
from habeas.core.folding import fold


def clean(gone: Gone) -> Iterator[Model]:
    """The rows that were emptied: words about the case, the names that lists had for the person; the case leaves plans.

    A communication that is about others too keeps what it says, since it is theirs as well.
    """
    plans = PlanCase.objects.filter(case__in=gone.cases)
    theirs = set(plans.values_list("pk", flat=True))
    others = CommunicationCase.objects.exclude(case__in=theirs).values("communication")
    about = Communication.objects.filter(cases__case__in=theirs).exclude(pk__in=others).distinct()
    yield from emptied(Note.objects.filter(case__in=theirs), words="")
    yield from emptied(PlanLine.objects.filter(case__in=theirs), words="", addressees="", said="")
    yield from emptied(Pledge.objects.filter(case__in=theirs), note="", said="")
    yield from emptied(PledgeStep.objects.filter(pledge__case__in=theirs), words="")
    yield from emptied(Firing.objects.filter(contingency__case__in=theirs), reason="")
    yield from emptied(Answer.objects.filter(communication__in=about), words="")
    yield from emptied(about, sender="", to="", through="", note="", said="")
    yield from _listed(gone)
    now = timezone.now()
    yield from emptied(Share.objects.filter(case__in=theirs, until=None), until=now)
    yield from emptied(plans.filter(until=None), until=now)


def _listed(gone: Gone) -> Iterator[Model]:
    """The person's places in lists of names, told by their case or by a name of theirs to the letter."""
    folded = {fold(name) for name in gone.names}
    listed = ListedName.objects.filter(Q(case__in=gone.cases) | Q(case=None))
    theirs = [row.pk for row in listed if row.case_id or fold(row.name) in folded]
    yield from emptied(ListedName.objects.filter(pk__among=theirs), name=GONE, reason="")
