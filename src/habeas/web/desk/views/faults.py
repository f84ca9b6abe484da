"""What is told of a request that cannot be understood, and of one at which the desk fails."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from habeas.web.desk.uploads import TooMuchSent


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 and a sentence with the limit where too much was sent; else 400."""
    fault = _too_much(exception)
    return render(request, "400.html", {"fault": fault}, status=413 if fault else 400)


def server_fault(_request: HttpRequest) -> HttpResponse:
    """503 where the database does not answer, else 500; the page asks nothing of the database."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return HttpResponse(render_to_string("500.html", {"away": away}), status=503 if away else 500)


def _too_much(exception: Exception) -> str:
    if isinstance(exception, TooMuchSent):
        return gettext(
            "The files are larger than {most} MB together, the most that is taken in at once; "
            "nothing of them was kept. "
            "Send them in parts, or take a whole folder in on the machine itself: habeas ingest FOLDER"
        ).format(most=settings.UPLOAD_LIMIT // 1_000_000)
    if isinstance(exception, TooManyFilesSent):
        return gettext(
            "More than {most} files were sent at once; nothing of them was kept. "
            "Send them in parts, or take a whole folder in on the machine itself: habeas ingest FOLDER"
        ).format(most=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    if isinstance(exception, RequestDataTooBig):
        return gettext(
            "What was written is larger than {most} MB; nothing of it was kept. Save it to a file and add that."
        ).format(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000)
    return ""
