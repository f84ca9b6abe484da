"""How long a team keeps what it holds: rules that are only ever added, and when the watch last went through each."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import Team, User


class RetentionRule(models.Model):
    """What of a team goes after so many days, by itself. Only added: of those for the same things the newest counts.

    `days` is null where it says that these things stay again. `source` is a source's name, empty for all of them.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, help_text="unconnected, originals or closed (cases.retention)")
    days = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    used = models.BooleanField(default=False, help_text="also what somebody judged, and files of open cases")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"retention rule {self.pk}"


class RetentionRound(models.Model):
    """The day on which the watch last went through a rule to its end. One row a rule."""

    rule = models.OneToOneField(RetentionRule, primary_key=True, on_delete=models.CASCADE, related_name="round")
    on = models.DateField()

    def __str__(self) -> str:
        return f"round of rule {self.rule_id} on {self.on}"
