"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`habeas.web`."""

    name = "habeas.web"
