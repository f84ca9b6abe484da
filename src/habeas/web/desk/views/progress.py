"""A page that grows while several reports are read: how many of how many, and what became of each.

It is one answer, sent piece by piece, so it needs no script; whoever leaves it keeps what was read until then, and may
send the same files again.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.models import Reading
from habeas.core.errors import HabeasError
from habeas.sources.models import Document
from habeas.web.desk.views.request import DeskRequest

log = logging.getLogger(__name__)
GROWS_HERE = "<!-- it grows here -->"


@dataclass(slots=True)
class Read:
    """What became of one file, the `number`th of `total`; `fault` is why it could not be taken in."""

    name: str
    number: int
    total: int
    documents: list[Document] = field(default_factory=list)
    claims: int = 0
    statements: int = 0
    note: str = ""
    fault: str = ""

    @property
    def percent(self) -> int:
        """How far the reading is with this one."""
        return 100 * self.number // self.total


def page(
    request: DeskRequest, files: Sequence[UploadedFile], read: Callable[[UploadedFile], list[Document]]
) -> Iterator[str]:
    """The pieces of the page, each after what it tells was done."""
    language = translation.get_language()
    with translation.override(language):  # what asks for the pieces knows no language
        head, foot = render_to_string("desk/reading_many.html", {"total": len(files)}, request).split(GROWS_HERE)
    yield head
    done: list[Read] = []
    for number, file in enumerate(files, start=1):
        with translation.override(language):
            done.append(Read((file.name or "").rpartition("/")[2], number, len(files)))
            _one(done[-1], file, read, request.user)
            yield render_to_string("desk/reading_one.html", {"one": done[-1]})
    with translation.override(language):
        yield render_to_string("desk/reading_done.html", _counted(done), request)
    yield foot


def _one(told: Read, file: UploadedFile, read: Callable[[UploadedFile], list[Document]], user: User) -> None:
    try:
        _taken_in(told, read(file), user)
    except HabeasError as fault:
        told.fault = str(fault)
    except Exception as fault:  # in one file: the others are read all the same
        log.error("A file of several could not be taken in: %s", _place(fault))  # noqa: TRY400 - its words may hold names
        told.fault = gettext(
            "The desk failed at this file; the fault is not yours. Add it once more by itself; if it fails again, "
            "tell whoever runs this desk when it was."
        )


def _place(fault: Exception) -> str:
    """What kind of fault it is and where it arose, without its words."""
    *_, last = traceback.extract_tb(fault.__traceback__)
    return f"{type(fault).__name__} at {last.filename}:{last.lineno}"


def _taken_in(told: Read, documents: list[Document], user: User) -> None:
    told.documents = documents
    shown = rows.newest() & Q(reading__document__in=documents)
    told.claims, told.statements = (seen(user).filter(shown).count() for seen in (access.claims, access.statements))
    newest = Reading.objects.filter(document__in=documents).order_by("-pk").first()
    told.note = newest.note if newest else ""


def _counted(done: Sequence[Read]) -> dict[str, int]:
    return {
        "taken": sum(not one.fault for one in done),
        "left": sum(bool(one.fault) for one in done),
        "claims": sum(one.claims for one in done),
    }
