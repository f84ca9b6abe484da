"""The names that a team's documents have had, and by which people are looked up: indexes made from what was read."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import Team

FIRST_WITHOUT_KEYS = "\u0700"  # Latin, Cyrillic, Hebrew and Arabic come before it, and share keys among them


class Name(models.Model):
    """A personal name that a team's documents have had, once however often it was seen; folded as `Sighting.folded`."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="seen_names")
    folded = models.CharField(max_length=500)
    name = models.CharField(max_length=500, help_text="the spelling in which it was first seen")
    paired = models.BooleanField(default=False, help_text="compared with the names nearest to it (`NamePair`)")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("team", "folded"), name="a_name_once_a_team")]
        indexes = [
            models.Index(
                fields=("folded",), condition=models.Q(folded__gte=FIRST_WITHOUT_KEYS), name="names_without_keys"
            )
        ]

    def __str__(self) -> str:
        return f"name {self.pk}"


class NameKey(models.Model):
    """A key under which a name is looked up among its team's: names that may be one person's share at least one."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="keys")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)

    class Meta:
        # The key first: by the team alone a planner that knows no table's size would go through all that the team has.
        indexes = [models.Index(fields=("key", "team", "name"), name="keys_of_a_team")]

    def __str__(self) -> str:
        return f"key of name {self.name_id}"


class NamePair(models.Model):
    """Two names that may be one person's by the names alone, with the score: compared once, when the later one came."""

    one = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="+", db_index=False)
    score = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=("one", "-score", "other"), name="pairs_by_one"),
            models.Index(fields=("other", "-score", "one"), name="pairs_by_other"),
        ]

    def __str__(self) -> str:
        return f"names {self.one_id} and {self.other_id}"


class PersonName(models.Model):
    """A name under which a person on file is known."""

    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="names")
    name = models.ForeignKey(Name, on_delete=models.PROTECT, related_name="people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("person", "name"), name="one_row_a_person_and_name")]

    def __str__(self) -> str:
        return f"name {self.name_id} of person {self.person_id}"
