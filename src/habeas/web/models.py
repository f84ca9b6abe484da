"""What the desk remembers of one person's use of it. Nothing about cases is kept here."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import User


class LastLook(models.Model):
    """Up to when somebody has seen what came to the desk; `before` is what it was, for undoing."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="last_look")
    until = models.DateTimeField(null=True)
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"last look of user {self.user_id}"
