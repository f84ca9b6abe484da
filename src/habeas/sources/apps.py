"""The room as Django knows it."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """`habeas.sources`."""

    name = "habeas.sources"
