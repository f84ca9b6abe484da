"""Alerts, which are kept; and the clocks and looks from which they come, which are made from the case files again."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import User
from habeas.cases.models import Case
from habeas.core.encrypted import EncryptedText


class Look(models.Model):
    """When a case was last looked at, and how its lines stood then. One row a case; written anew at each look."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="look")
    looked_at = models.DateTimeField()
    lines = models.JSONField(help_text='the state of each line: {"custody": "in_custody", …}')

    def __str__(self) -> str:
        return f"look at case {self.case_id}"


class OpenClock(models.Model):
    """A clock of a case that has not raised its alert: an index by day, made from the case file at each look."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)
    step = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(db_index=True)
    label = models.TextField()
    ask = models.TextField(blank=True)
    reasons = models.JSONField(help_text='[{"label", "claim", "statement"}, …]')
    facts = models.JSONField(default=list)
    estimated = models.BooleanField(default=False, help_text="nobody stated the day; it was worked out")

    def __str__(self) -> str:
        return f"clock {self.pk} of case {self.case_id}"


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> AlertQuerySet:
        """The alerts of the cases that the user sees."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Alert(models.Model):
    """A notice that a clock of a case raised, once: what fell due, and the claims and statements it rests on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alerts")
    rule = models.CharField(max_length=40)
    step = models.CharField(max_length=80, blank=True)
    due_on = models.DateField()
    label = models.TextField()
    ask = models.TextField(blank=True)
    reasons = models.JSONField(help_text='[{"label", "claim", "statement"}, …]')
    facts = models.JSONField(default=list)
    estimated = models.BooleanField(default=False)
    as_of = models.DateField(help_text="the day for which the case file was read")
    raised_at = models.DateTimeField(db_index=True)

    objects = AlertQuerySet.as_manager()

    def __str__(self) -> str:
        return f"alert {self.pk} of case {self.case_id}"


class Dismissal(models.Model):
    """Somebody has seen an alert and put it away, or took it out again. Only added; the newest counts."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="dismissals")
    away = models.BooleanField()
    reason = EncryptedText(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"dismissal {self.pk} of alert {self.alert_id}"


class Channel(models.Model):
    """How one person wants to be told: an address to send to, or a secret address from which they fetch."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, help_text="mail, webhook, ntfy, calendar or atom")
    how = models.CharField(max_length=10, default="at_once", help_text="at_once or daily")
    language = models.CharField(max_length=8, default="en", help_text="of what it is told: one of the interface's")
    address = EncryptedText(blank=True, help_text="where to send; empty where they fetch")
    secret = EncryptedText(blank=True, help_text="key of a signature, or an access token")
    fetch_sha256 = models.CharField(max_length=64, blank=True, help_text="hash of the secret in a fetched address")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("fetch_sha256",), condition=~models.Q(fetch_sha256=""), name="a_fetched_address_is_its_own"
            )
        ]

    def __str__(self) -> str:
        return f"channel {self.pk}: {self.kind}"


class Delivery(models.Model):
    """One alert for one channel: waiting until `sent_at` is there, with the reason why it could not be sent yet."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    batch = models.CharField(
        max_length=16,
        blank=True,
        help_text="the message that a worker began to send; empty before, and where it failed",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("channel", "alert"), name="an_alert_once_a_channel")]
        indexes = [models.Index(fields=("next_try_at",), condition=models.Q(sent_at=None), name="deliveries_that_wait")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Tick(models.Model):
    """When the watch last went through everything. One row."""

    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"tick of {self.began_at:%Y-%m-%d %H:%M}"
