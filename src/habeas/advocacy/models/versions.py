"""What the plan wants, in versions, and which partner adopted which."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import User
from habeas.advocacy.models.coalition import Coalition, Partner, PlanCase


class Version(models.Model):
    """One version of the plan: its lines never change. The newest is the one to adopt."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("coalition", "number"), name="a_version_once_a_coalition")]

    def __str__(self) -> str:
        return f"version {self.number} of coalition {self.coalition_id}"


class PlanLine(models.Model):
    """A goal, or a priority: a case of the plan, or a group by name; `said` are the words of a source it came from."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, help_text="goal or priority")
    rank = models.PositiveIntegerField(help_text="1 is first")
    words = models.CharField(max_length=500, blank=True, help_text="the goal, or the group")
    case = models.ForeignKey(PlanCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    addressees = models.CharField(max_length=500, blank=True, help_text="whom the source called on")
    said = models.TextField(blank=True)
    statement = models.PositiveBigIntegerField(null=True, blank=True, help_text="key of the statement it came from")

    def __str__(self) -> str:
        return f"line {self.pk} of version {self.version_id}"


class Adoption(models.Model):
    """A partner's word on a version: adopted, or with a reservation in its own words. Only added; the newest counts."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="adoptions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="adoptions")
    stance = models.CharField(max_length=10, help_text="adopted or reserved")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"adoption {self.pk} of version {self.version_id}"
