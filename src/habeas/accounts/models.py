"""Users and the teams that decide what they see."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. What they see and do comes from their roles in teams; nobody sees anything without one."""

    UNSEALED = ("last_login",)

    def check_password(self, raw_password: str) -> bool:
        """Whether it is theirs; one that is kept in an older way is kept anew, with a line of the audit."""
        from habeas.accounts.services import set_password  # noqa: PLC0415 - services need this model
        from habeas.core.actor import Actor  # noqa: PLC0415

        def keep_anew(password: str) -> None:
            set_password(self, password, actor=Actor(self.pk, "desk"))

        return check_password(raw_password, self.password, keep_anew)


class Team(models.Model):
    """People who work on the same documents and cases."""

    name = models.CharField(max_length=120, unique=True)
    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        User, through="Membership", related_name="teams"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's place in one team, with what they may do there (`accounts.roles`); without a role, nothing."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    joined_at = models.DateTimeField()
    roles = models.JSONField(
        null=True, blank=True, help_text="codes of accounts.roles; null from before there were roles"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("team", "user"), name="one_membership_a_person_and_team")]

    def __str__(self) -> str:
        return f"user {self.user_id} in team {self.team_id}"


class SignInLink(models.Model):
    """A link that signs one person in once. Only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for user {self.user_id}"


class FailedSignIn(models.Model):
    """A wrong password, kept for as long as it counts against more tries; who and from where as keyed hashes alone."""

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"failed sign-in {self.pk}"
