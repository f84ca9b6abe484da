"""Which rows of the plan the audit holds."""

from habeas.advocacy import models

SEALED = (
    models.Coalition,
    models.Partner,
    models.Seat,
    models.PlanCase,
    models.Share,
    models.Note,
    models.Version,
    models.PlanLine,
    models.Adoption,
    models.Pledge,
    models.PledgeStep,
)
