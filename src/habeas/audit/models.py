"""One line for each named action, chained by hash so that a removed or edited line shows."""

from django.db import models


class AuditLine(models.Model):
    """Who did what to which record, when. Only ever added; `hash` covers the line and the hash before it."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    wrote = models.JSONField(
        default=dict, help_text="the seal of each row as this action left it: {table: {key: seal}}"
    )
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.id} {self.action} {self.subject}"
