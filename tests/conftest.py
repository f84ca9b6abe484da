"""What holds for every test."""

from hypothesis import settings

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("habeas", deadline=None)
settings.load_profile("habeas")
