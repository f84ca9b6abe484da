"""Adding reports at the desk: pasted words, one file, or several that are read one after the other."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.accounts.services import AccountsError
from habeas.cases.intake import add_report
from habeas.core.actor import Actor
from habeas.sources.errors import SourcesError, UnreadableFile
from habeas.sources.formats import LINES_SUFFIXES, iso_date, language_tag, original_address
from habeas.sources.models import Document, Source
from habeas.sources.stated import Stated
from habeas.web.desk.allowed import must
from habeas.web.desk.views import progress
from habeas.web.desk.views.request import DeskRequest

MOST_SOURCES = 500
LONGEST_NAME = 80
FIELDS = ("source", "published", "language", "title", "url", "original", "text")


@dataclass(frozen=True, slots=True)
class Given:
    """What the form was sent with: the words of its fields, and the files where there are any."""

    words: dict[str, str]
    files: list[UploadedFile]

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
def page(request: DeskRequest) -> HttpResponseBase:
    """The form; posted, the report is read and shown. 400 with what is wrong, and nothing typed is lost."""
    must(request, Right.REPORT)
    given = Given({name: request.POST.get(name, "").strip() for name in FIELDS}, request.FILES.getlist("file"))
    fault = ""
    if request.method == "POST":
        try:
            return _answered(given, request)
        except (SourcesError, AccountsError) as wrong:
            fault = str(wrong)
    sources = Source.objects.filter(captures__document__in=Document.objects.visible_to(request.user))
    context = {
        "given": given.words,
        "fault": fault,
        "most_bytes": settings.UPLOAD_LIMIT,
        "most_megabytes": settings.UPLOAD_LIMIT // 1_000_000,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "sources": sources.order_by("name").values_list("name", flat=True).distinct()[:MOST_SOURCES],
    }
    return render(request, "desk/add_report.html", context, status=400 if fault else 200)


def _answered(given: Given, request: DeskRequest) -> HttpResponseBase:
    """To the document that was taken in, or a page that grows while several files are read. Raises SourcesError."""
    stated, actor = given.stated(), Actor(request.user.pk, "desk")
    if len(given.files) > 1:
        common = replace(stated, title="", url="", original="")  # of one report alone
        return StreamingHttpResponse(progress.page(request, given.files, lambda file: _read(file, common, actor)))
    documents = _read(given.files[0] if given.files else given.words["text"], stated, actor)
    return HttpResponseRedirect(reverse("document", args=[documents[0].pk]))


def _read(report: UploadedFile | str, stated: Stated, actor: Actor) -> list[Document]:
    """The documents that were taken in from a file or pasted words. Raises SourcesError and AccountsError."""
    with tempfile.TemporaryDirectory() as folder:
        path, called = _pasted(report, Path(folder)) if isinstance(report, str) else _file(report, Path(folder))
        return add_report(path, called, stated, user=User.objects.get(pk=actor.user_id), actor=actor)


def _pasted(text: str, folder: Path) -> tuple[Path, str]:
    if not text:
        raise UnreadableFile(gettext("Paste the text of the report, or choose its file."))
    path = folder / "report.txt"
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    return path, "pasted at the desk"


def _file(file: UploadedFile, folder: Path) -> tuple[Path, str]:
    """The report as a file in the folder, under a harmless form of its name; and its name as it is."""
    name = Path(file.name or "report").name
    if Path(name).suffix.casefold() in LINES_SUFFIXES:
        raise UnreadableFile(gettext("A file of many reports is taken in on the machine itself: habeas ingest FILE"))
    path = folder / (re.sub(r"[^\w.-]", "_", name)[-LONGEST_NAME:].lstrip(".") or "report")
    with path.open("wb") as kept:
        kept.writelines(file.chunks())
    return path, name
