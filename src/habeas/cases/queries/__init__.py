"""What people see of cases, documents and statements. Every read starts from what is visible to the user."""

from habeas.cases.casefile import CasePage
from habeas.cases.queries.cases import case_rows, states
from habeas.cases.queries.documents import as_judged, document_view
from habeas.cases.queries.page import case_file, case_page
from habeas.cases.queries.people import find_cases, find_people
from habeas.cases.queries.queue import Queue
from habeas.cases.queries.repeats import Carrier, carriers, repeated_reports
from habeas.cases.queries.search import answers, search
from habeas.cases.queries.statements import count_statements, statements
from habeas.cases.queries.waiting import Voice, Waiting, count_waiting, voices, waiting

__all__ = [
    "Carrier",
    "CasePage",
    "Queue",
    "Voice",
    "Waiting",
    "answers",
    "as_judged",
    "carriers",
    "case_file",
    "case_page",
    "case_rows",
    "count_statements",
    "count_waiting",
    "document_view",
    "find_cases",
    "find_people",
    "repeated_reports",
    "search",
    "statements",
    "states",
    "voices",
    "waiting",
]
