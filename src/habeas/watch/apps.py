"""The watch as Django knows it."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Clocks and alerts."""

    name = "habeas.watch"
