"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """`habeas.audit`."""

    name = "habeas.audit"
