"""Which rows of the plan the audit holds."""

from habeas.advocacy import models

SEALED = (
    models.Coalition,
    models.Partner,
    models.Leaving,
    models.Seat,
    models.PlanCase,
    models.Share,
    models.Note,
    models.Version,
    models.PlanLine,
    models.Adoption,
    models.Pledge,
    models.PledgeStep,
    models.Communication,
    models.CommunicationCase,
    models.Answer,
    models.Meeting,
    models.Sorting,
    models.Contingency,
    models.Firing,
    models.NameList,
    models.ListedName,
)
