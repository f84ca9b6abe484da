"""The plan as rows that are only added, but for the few columns named `state…`, which say what the newest row says."""

from habeas.advocacy.models.coalition import Coalition, Leaving, Note, Partner, PlanCase, Seat, Share
from habeas.advocacy.models.contacts import Answer, Communication, CommunicationCase, Meeting, Sorting
from habeas.advocacy.models.contingencies import Contingency, Firing
from habeas.advocacy.models.lists import ListedName, NameList
from habeas.advocacy.models.pledges import Pledge, PledgeStep
from habeas.advocacy.models.versions import Adoption, PlanLine, Version

__all__ = [
    "Adoption",
    "Answer",
    "Coalition",
    "Communication",
    "CommunicationCase",
    "Contingency",
    "Firing",
    "Leaving",
    "ListedName",
    "Meeting",
    "NameList",
    "Note",
    "Partner",
    "PlanCase",
    "PlanLine",
    "Pledge",
    "PledgeStep",
    "Seat",
    "Share",
    "Sorting",
    "Version",
]
