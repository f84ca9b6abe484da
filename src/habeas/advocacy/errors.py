"""What can be wrong with a plan."""

from habeas.core.errors import HabeasError


class PlanError(HabeasError):
    """The plan cannot be changed like that."""
