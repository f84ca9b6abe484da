"""The room as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """`habeas.cases`."""

    name = "habeas.cases"
