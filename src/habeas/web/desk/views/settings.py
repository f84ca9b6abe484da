"""Settings: the person's password and second factors, their teams, who is in them and what each may do there."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from habeas.accounts.models import Membership, User
from habeas.accounts.roles import ROLES, Right, teams_of
from habeas.accounts.services import AccountsError, give_role, set_password, take_role
from habeas.core.actor import Actor
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """What a person can change of their own, and who else sees what they see."""
    return _page(request, _form(request.user))


@sensitive_post_parameters()
@require_http_methods(["POST"])
def password(request: DeskRequest) -> HttpResponse:
    """Takes the new password twice, and the old one where there is one; 400 with what is wrong."""
    form = _form(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    set_password(request.user, form.cleaned_data["new_password1"], actor=Actor(request.user.pk, "desk"))
    update_session_auth_hash(request, request.user)
    note(request, gettext("Your password is changed."))
    return HttpResponseRedirect(reverse("settings"))


@require_POST
def role(request: DeskRequest, pk: int) -> HttpResponse:
    """Gives the member `give` the role, or takes `take` away; 404 for whoever is in no team of theirs.

    403 for who may not, 409 with what is wrong.
    """
    member = get_object_or_404(Membership, pk=pk, team__in=teams_of(request.user))
    actor = Actor(request.user.pk, "desk")
    try:
        if given := request.POST.get("give", ""):
            give_role(member, given, actor=actor)
        else:
            take_role(member, request.POST.get("take", ""), actor=actor)
    except AccountsError as fault:
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": reverse("settings")}, status=409)
    note(request, gettext("The roles are changed."))
    return HttpResponseRedirect(reverse("settings"))


def _form(user: User, *told: object) -> SetPasswordForm[User]:
    return (PasswordChangeForm if user.has_usable_password() else SetPasswordForm)(user, *told)


def _page(request: DeskRequest, form: SetPasswordForm[User], status: int = 200) -> HttpResponse:
    members = Membership.objects.filter(team__in=teams_of(request.user)).select_related("team", "user")
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "members": members.order_by("team__name", "user__username"),
        "governed": teams_of(request.user, Right.GOVERN),
        "roles": list(ROLES),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
    }
    return render(request, "desk/settings.html", context, status=status)
