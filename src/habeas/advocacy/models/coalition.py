"""Who holds the plan together, which cases are in it, and who of them sees which."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from habeas.accounts.models import User
from habeas.cases.models import Case
from habeas.core.encrypted import EncryptedText


class CoalitionQuerySet(models.QuerySet["Coalition"]):
    """Coalitions; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> CoalitionQuerySet:
        """The coalitions in which the user sits for a partner; none for a user who is inactive."""
        mine = Seat.objects.filter(user=user, until=None, partner__coalition=OuterRef("pk"))
        return self.filter(Exists(mine)) if user.is_active else self.none()


class Coalition(models.Model):
    """Organisations that hold one plan together."""

    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CoalitionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"coalition {self.pk}"


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Partners of coalitions."""

    def staying(self) -> PartnerQuerySet:
        """Those that did not leave their coalition, or came back to it."""
        newest = Leaving.objects.filter(partner=OuterRef("pk")).order_by("-pk").values("is_back")[:1]
        return self.annotate(is_back=Coalesce(Subquery(newest), True)).filter(is_back=True)


class Partner(models.Model):
    """One organisation of a coalition."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("coalition", "name"), name="a_partner_once_a_coalition")]

    def __str__(self) -> str:
        return f"partner {self.pk}"


class Leaving(models.Model):
    """That a partner left its coalition and why, or came back to it. Only added; the newest counts."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="leavings")
    words = models.TextField(blank=True)
    is_back = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"leaving {self.pk} of partner {self.partner_id}"


class Seat(models.Model):
    """Somebody who acts for a partner, from `since` until `until`. `coordinates`: may change the plan itself."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    coordinates = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("partner", "user"), condition=Q(until=None), name="one_seat_a_partner")
        ]

    def __str__(self) -> str:
        return f"seat {self.pk} of partner {self.partner_id}"


class PlanCaseQuerySet(models.QuerySet["PlanCase"]):
    """Cases of a plan; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> PlanCaseQuerySet:
        """The cases of the user's plans that are open to all partners, shared with theirs, or seen as files.

        A limited case is open to no partner that it was not shared with.
        """
        return self.known_to(user).filter(until=None)

    def known_to(self, user: User) -> PlanCaseQuerySet:
        """Those, and such that were taken out of the plan: what was done for them can still be read."""
        seats = Seat.objects.filter(user=user, until=None)
        shares = Share.objects.filter(case=OuterRef("pk"), partner__seats__in=seats, until=None)
        seen = Q(everybody=True, case__limited_at=None) | Exists(shares) | Q(case__in=Case.objects.visible_to(user))
        mine = self.filter(coalition__in=seats.values("partner__coalition"), case__person__merged_into=None)
        return mine.filter(seen) if user.is_active else self.none()


class PlanCase(models.Model):
    """A case that is in the plan: its name and what is done, not its file. `everybody`: all partners see it."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    everybody = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PlanCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("coalition", "case"), condition=Q(until=None), name="a_case_once_a_plan")
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} in coalition {self.coalition_id}"


class Share(models.Model):
    """A case of the plan shown to one partner, from `since` until `until`."""

    case = models.ForeignKey(PlanCase, on_delete=models.PROTECT, related_name="shares")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"share {self.pk} with partner {self.partner_id}"


class Note(models.Model):
    """Words that stay inside one partner, about a case of the plan or about the whole of it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="notes")
    case = models.ForeignKey(PlanCase, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    words = EncryptedText()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"note {self.pk}"
