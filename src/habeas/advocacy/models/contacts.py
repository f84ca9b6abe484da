"""What was asked of whom, the meetings, and what people said of the entries that statements offer."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from habeas.accounts.models import User
from habeas.advocacy.models.coalition import Coalition, Partner, PlanCase
from habeas.core.encrypted import EncryptedText
from habeas.sources.models import Document


class CommunicationQuerySet(models.QuerySet["Communication"]):
    """Communications; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> CommunicationQuerySet:
        """Those of the user's plans that concern no case which the user does not see there."""
        seen = PlanCase.objects.known_to(user).values("pk")
        hidden = CommunicationCase.objects.filter(communication=OuterRef("pk")).exclude(case__in=seen)
        return self.filter(~Exists(hidden), coalition__in=Coalition.objects.visible_to(user))


class Communication(models.Model):
    """Something asked of somebody: to whom, through whom, from whom. `response` and `impact` say what is newest."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="communications")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sender = EncryptedText(blank=True, help_text="who sent it, where that is no partner")
    to = EncryptedText(blank=True)
    to_kind = models.CharField(max_length=15, help_text="authority, mediator, mechanism or organisation")
    through = EncryptedText(blank=True)
    ask = models.CharField(max_length=30)
    group = models.CharField(max_length=200, blank=True)
    note = EncryptedText(blank=True)
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="by when an answer is due")
    said = models.TextField(blank=True, help_text="the words of the source it came from")
    statement = models.PositiveBigIntegerField(null=True, blank=True)
    response = models.CharField(max_length=20, blank=True)
    impact = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CommunicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"communication {self.pk}"


class CommunicationCase(models.Model):
    """A case of the plan that a communication is about."""

    communication = models.ForeignKey(Communication, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(PlanCase, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"case of communication {self.communication_id}"


class Answer(models.Model):
    """What came back, and what came of it. Only added."""

    communication = models.ForeignKey(Communication, on_delete=models.PROTECT, related_name="answers")
    response = models.CharField(max_length=20)
    impact = models.CharField(max_length=20)
    words = EncryptedText(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"answer {self.pk} to communication {self.communication_id}"


class Meeting(models.Model):
    """A meeting of the partners or of others; `on` is null where nobody has said the day."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200)
    on = models.DateField(null=True, blank=True)
    at = models.CharField(max_length=5, blank=True, help_text="hour and minute, 24 hours, in the desk's time zone")
    place = models.CharField(max_length=200, blank=True)
    expected = EncryptedText(blank=True, help_text="who is expected")
    said = models.TextField(blank=True, help_text="the words of the source it came from")
    statement = models.PositiveBigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class Sorting(models.Model):
    """What a person did with an entry that a statement offers: taken, or dropped. Only added; the newest counts."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    taken = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=("coalition", "document"))]

    def __str__(self) -> str:
        return f"sorting {self.pk}"
