"""The room as Django knows it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """`habeas.demo`."""

    name = "habeas.demo"
