"""Adding a report at the desk: pasted words, or one file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from habeas.accounts.roles import Right
from habeas.accounts.services import AccountsError
from habeas.cases.intake import add_report
from habeas.core.actor import Actor
from habeas.sources.errors import SourcesError, UnreadableFile
from habeas.sources.formats import LINES_SUFFIXES, iso_date, language_tag, original_address
from habeas.sources.models import Document, Source
from habeas.sources.stated import Stated
from habeas.web.desk.allowed import must
from habeas.web.desk.views.request import DeskRequest

MOST_SOURCES = 500
FIELDS = ("source", "published", "language", "title", "url", "original", "text")


@dataclass(frozen=True, slots=True)
class Given:
    """What the form was sent with: the words of its fields, and the file where there is one."""

    words: dict[str, str]
    file: UploadedFile | None

    def stated(self) -> Stated:
        """What the person says of the report. Raises BadOption for a date or language that is none."""
        words = self.words
        return Stated(
            source=words["source"],
            published=iso_date(words["published"], gettext("The day of publication")),
            language=language_tag(words["language"], gettext("The language")),
            url=words["url"],
            title=words["title"],
            original=original_address(words["original"], gettext("The original")),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: DeskRequest) -> HttpResponse:
    """The form; posted, the report is read and shown. 400 with what is wrong, and nothing typed is lost."""
    must(request, Right.REPORT)
    given = Given({name: request.POST.get(name, "").strip() for name in FIELDS}, request.FILES.get("file"))
    fault = ""
    if request.method == "POST":
        try:
            documents = _added(given, request)
            return HttpResponseRedirect(reverse("document", args=[documents[0].pk]))
        except (SourcesError, AccountsError) as wrong:
            fault = str(wrong)
    sources = Source.objects.filter(captures__document__in=Document.objects.visible_to(request.user))
    context = {
        "given": given.words,
        "fault": fault,
        "sources": sources.order_by("name").values_list("name", flat=True).distinct()[:MOST_SOURCES],
    }
    return render(request, "desk/add_report.html", context, status=400 if fault else 200)


def _added(given: Given, request: DeskRequest) -> list[Document]:
    """The documents that were taken in. Raises SourcesError and AccountsError."""
    stated = given.stated()
    with tempfile.TemporaryDirectory() as folder:
        path, called = _file(given, Path(folder))
        return add_report(path, called, stated, user=request.user, actor=Actor(request.user.pk, "desk"))


def _file(given: Given, folder: Path) -> tuple[Path, str]:
    """The report as a file in the folder, and what the person calls it. Raises UnreadableFile where there is none."""
    if given.file is not None:
        name = Path(given.file.name or "report").name
        if Path(name).suffix.casefold() in LINES_SUFFIXES:
            raise UnreadableFile(
                gettext("A file of many reports is taken in on the machine itself: habeas ingest FILE")
            )
        path = folder / f"report{Path(name).suffix[:10]}"
        with path.open("wb") as kept:
            kept.writelines(given.file.chunks())
        return path, name
    if not given.words["text"]:
        raise UnreadableFile(gettext("Paste the text of the report, or choose its file."))
    path = folder / "report.txt"
    path.write_text(given.words["text"].replace("\r\n", "\n"), encoding="utf-8")
    return path, "pasted at the desk"
