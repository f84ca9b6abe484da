"""What lists read: the state of each case as it was folded last, what changed in it, and which are to be folded again.

All of it is made from claims, links and judgements, and can be made again from them (`cases.kept`).
"""

from __future__ import annotations

from django.db import models

# Which fold made the states that are kept: what it makes of the cases in tests/cases/test_kept_by_fold.py, as a digest.
FOLD = "93f5da7ad303dc1f"


class KeptState(models.Model):
    """What the claims about a person add up to, for lists: the same for everybody who sees the case.

    `told` is what `cases.kept` makes of the three lines and of what is expected, as JSON. `gravity` is
    the place of its gravest reason that needs no calendar (`urgency.rank`); `tasks` counts conflicts, names to look
    at, claims that nobody judged or that are to be looked at again. `fold` is the FOLD that made it: what another one
    made is not shown and is folded again.
    """

    person = models.OneToOneField("cases.Person", primary_key=True, on_delete=models.CASCADE, related_name="kept")
    told = models.TextField()
    last_news = models.CharField(max_length=10, help_text="ISO date; empty where none is known")
    documents = models.PositiveIntegerField()
    conflicts = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField(help_text="names that may be theirs")
    unjudged = models.PositiveIntegerField(help_text="claims that nobody judged")
    tasks = models.PositiveIntegerField()
    gravity = models.PositiveSmallIntegerField()
    first_due = models.DateField(null=True, db_index=True)
    last_due = models.DateField(null=True, db_index=True)
    mixed = models.BooleanField(help_text="rests on documents of several teams: folded for each who looks")
    fold = models.CharField(max_length=16, db_default="", db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=("gravity", "-last_news", "person"), name="states_by_gravity"),
            models.Index(
                fields=("gravity", "-last_news", "person"), condition=models.Q(tasks__gt=0), name="states_with_tasks"
            ),
            models.Index(fields=("person",), condition=models.Q(mixed=True), name="states_of_several_teams"),
        ]

    def __str__(self) -> str:
        return f"state of person {self.person_id}"


class KeptFile(models.Model):
    """What the page of a long case shows, as the keys of claims, statements, documents and links (`cases.outlines`).

    The same for everybody who sees the case: of one that documents of several teams lead to none is kept. `fold` is as
    in KeptState, and a mark there holds for this too.
    """

    person = models.OneToOneField("cases.Person", primary_key=True, on_delete=models.CASCADE, related_name="+")
    told = models.TextField()
    fold = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"file of person {self.person_id}"


class StateChange(models.Model):
    """That a line of a case changed: `before` is what was told of it to everybody who sees the case.

    It is empty where there was no case yet, and where it rested on documents of several teams.
    """

    person = models.ForeignKey("cases.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    before = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"change {self.pk} of person {self.person_id}"


class StaleState(models.Model):
    """That something came which a kept state does not know yet; noted by the database itself (`cases.kept`).

    `quiet` where the state was never kept before, so that keeping it is no news.
    """

    person = models.OneToOneField("cases.Person", on_delete=models.CASCADE, related_name="+")
    quiet = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"person {self.person_id} is to be folded again"
