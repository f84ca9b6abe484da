"""Lists of names, such as of an exchange, held against the people on file."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import User
from habeas.advocacy.models.coalition import Partner
from habeas.cases.models import Case
from habeas.sources.models import Document


class NameListQuerySet(models.QuerySet["NameList"]):
    """Lists; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> NameListQuerySet:
        """Those of the organisations for which the user acts: a list of names is not shared by itself."""
        mine = self.filter(partner__seats__user=user, partner__seats__until=None)
        return mine if user.is_active else self.none()


class NameList(models.Model):
    """A list of names as it was announced, of one partner."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="lists")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, help_text="what was announced: release or exchange")
    announced_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="in which it stands"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = NameListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"list {self.pk}"


class ListedName(models.Model):
    """One name of a list and whom it means: same, ask or unknown, with the reason. `decided_by`: who settled an ask."""

    list = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="names")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("list", "number"), name="a_place_once_a_list")]

    def __str__(self) -> str:
        return f"name {self.number} of list {self.list_id}"
