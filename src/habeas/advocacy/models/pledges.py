"""Who does what for whom, by when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from habeas.accounts.models import User
from habeas.advocacy.models.coalition import Coalition, Partner, PlanCase
from habeas.advocacy.models.contacts import Meeting
from habeas.advocacy.models.contingencies import Contingency
from habeas.cases.models import Statement
from habeas.sources.models import Document


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Pledges; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> PledgeQuerySet:
        """The pledges of the user's plans: for a group, or for a case that the user sees in the plan."""
        mine = self.filter(partner__coalition__in=Coalition.objects.visible_to(user))
        seen = Q(case=None) | Q(case__in=PlanCase.objects.known_to(user).values("pk"))
        return mine.filter(seen)


class Pledge(models.Model):
    """One partner's promise of one kind of action on one track. `state` says what its newest step says."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="pledges")
    action = models.CharField(max_length=30, help_text="a code of vocab/plan.toml, which also tells the track")
    track = models.CharField(max_length=15)
    case = models.ForeignKey(PlanCase, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges")
    group = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="null while it waits for its contingency")
    said = models.TextField(blank=True, help_text="the words of the source it came from")
    statement = models.PositiveBigIntegerField(null=True, blank=True, help_text="key of the statement it came from")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    contingency = models.ForeignKey(
        Contingency, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges"
    )
    taken_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="what it was taken over from",
    )
    state = models.CharField(max_length=10, default="pledged")
    moved_at = models.DateTimeField(help_text="when its newest step was taken, or it was made")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PledgeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("case", "track", "state", "due_on", "partner"), name="pledges_by_case"),
            models.Index(fields=("partner", "state", "due_on", "case"), name="pledges_by_partner"),
        ]

    def __str__(self) -> str:
        return f"pledge {self.pk}"


class PledgeStep(models.Model):
    """What became of a pledge: a new state, with the document or the statement that shows it. Only added."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"step {self.pk} of pledge {self.pledge_id}"
