"""What falls due when something happens."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import User
from habeas.advocacy.models.coalition import Coalition, PlanCase
from habeas.watch.models import Alert


class ContingencyQuerySet(models.QuerySet["Contingency"]):
    """Contingencies; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> ContingencyQuerySet:
        """Those for a case that the user sees in the plan."""
        return self.filter(case__in=PlanCase.objects.visible_to(user).values("pk"))


class Contingency(models.Model):
    """If one of these things happens in the case, its pledges fall due within so many hours. It fires once."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="contingencies")
    case = models.ForeignKey(PlanCase, on_delete=models.PROTECT, related_name="contingencies")
    conditions = models.JSONField(help_text="codes of [conditions] in vocab/plan.toml")
    hours = models.PositiveIntegerField(default=24)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ContingencyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"contingency {self.pk}"


class Firing(models.Model):
    """That a contingency's time came: by which alert or claim, and why, in its words. Only added."""

    contingency = models.OneToOneField(Contingency, on_delete=models.PROTECT, related_name="firing")
    condition = models.CharField(max_length=40)
    alert = models.ForeignKey(Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claim = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="key of the claim, where no alert tells of it"
    )
    reason = models.TextField()
    fired_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"firing of contingency {self.contingency_id}"
