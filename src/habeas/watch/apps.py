"""The watch as Django knows it."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Clocks and alerts."""

    name = "habeas.watch"

    def ready(self) -> None:
        """Whoever is erased goes from alerts too."""
        from habeas.cases.erasing import clean_too  # noqa: PLC0415 - models are loaded after apps
        from habeas.watch.erasing import clean  # noqa: PLC0415

        clean_too(clean)
