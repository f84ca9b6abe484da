"""The room as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """`habeas.accounts`."""

    name = "habeas.accounts"
