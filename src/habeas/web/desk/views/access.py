"""Signing in by name and password or by a one-time link, and signing out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from habeas.accounts import tries
from habeas.accounts.models import User
from habeas.accounts.services import LinkUnusable, use_sign_in_link

TOO_OFTEN = "too_often"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """A user name and a password, which may be tried only so often."""

    def clean(self) -> dict[str, Any]:
        """The name and the password of somebody who may come in. Raises ValidationError for anybody else."""
        name, address = self.cleaned_data.get("username", ""), self.request.META["REMOTE_ADDR"] if self.request else ""
        if tries.are_too_many(name, address):
            raise ValidationError(
                gettext("Wrong passwords were tried too often. Wait 15 minutes, or use a link that signs you in once."),
                code=TOO_OFTEN,
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            tries.count(name, address)
            raise
        if self.get_user():
            tries.forget(name, address)
        return cleaned


@method_decorator(login_not_required, name="dispatch")
class SignIn(views.LoginView):
    """The form for a user name and a password; 429 for whoever tried too often."""

    form_class = SignInForm
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """In, or to the second factor of whoever has one."""
        return _let_in(self.request, form.get_user(), self.get_success_url(), "password")

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The form with what is wrong with it."""
        answer = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
            answer.status_code = 429
        return answer


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
    return _let_in(request, user, resolve_url("home"), "link")


def _let_in(request: HttpRequest, user: User, where: str, method: str) -> HttpResponse:
    """Leads on, by way of the second factor of whoever has one."""
    user.backend = BACKEND  # type: ignore[attr-defined]
    record_authentication(request, user, method)
    answer: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=where)
    return answer


@method_decorator(login_not_required, name="dispatch")
class SignOut(views.LogoutView):
    """Ends the session, also of somebody who stopped before their second factor."""


switch_language = login_not_required(set_language)
