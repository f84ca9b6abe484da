"""Signing in by name and password or by a one-time link, and signing out."""

from __future__ import annotations

from django.contrib.auth import login, views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from habeas.accounts.services import LinkUnusable, use_sign_in_link

BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class SignIn(views.LoginView):
    """The form for a user name and a password."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True


@login_not_required
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A button that spends the link. Looking at the page spends nothing: previews and mail scanners only look."""
    if request.method != "POST":
        return render(request, "desk/sign_in_link.html")
    try:
        user = use_sign_in_link(secret)
    except LinkUnusable:
        return render(request, "desk/sign_in_link.html", {"unusable": True}, status=410)
    login(request, user, backend=BACKEND)
    return redirect(resolve_url("cases"))


switch_language = login_not_required(set_language)
