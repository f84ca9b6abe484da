"""Every page of the desk, by the name of its address, and a desk on which each has something to show.

A new address belongs either to `PAGES`, which tests look at in both languages, themes and widths, or to `NO_PAGES`; a
test holds the two to the addresses that there are.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from advocacy.coalition import held, promised
from advocacy.test_contacts import letter
from cast import Cast, actor
from habeas.accounts.models import Membership, User
from habeas.accounts.services import make_sign_in_link
from habeas.advocacy.services import contacts, lists
from habeas.advocacy.services.contacts import Convened
from habeas.cases.models import Claim, Statement
from habeas.sources.follow.adding import add_feed
from habeas.sources.models import Document
from habeas.watch.services import tick
from web.desks import asked, full

# What each address shows to alice; to bob, who has a second factor, where `BOBS` says so.
PAGES = {
    "home": "/",
    "settings": "/settings",
    "retention": "/settings/retention",
    "cases": "/cases",
    "case": "/cases/{case}",
    "person": "/cases/{case}/person",
    "organisations": "/organisations",
    "documents": "/documents",
    "document": "/documents/{document}",
    "add-claim": "/documents/{document}/claims/add",
    "mend": "/documents/{document}/claims/{claim}/mend",
    "mend-statement": "/documents/{told}/statements/{statement}/mend",
    "add-report": "/reports/add",
    "sources": "/sources",
    "audit": "/audit",
    "queue": "/judge",
    "matches": "/matches",
    "statements": "/statements",
    "statement-speakers": "/statements/speakers",
    "watch": "/watch",
    "search": "/search?q=Oumari",
    "plans": "/plan",
    "plan": "/plan/{plan}",
    "plan-version": "/plan/{plan}/version",
    "plan-partners": "/plan/{plan}/partners",
    "plan-case": "/plan/{plan}/cases/{plan_case}",
    "plan-pledges": "/plan/{plan}/pledges",
    "plan-pledge": "/plan/{plan}/pledges/{pledge}",
    "plan-gaps": "/plan/{plan}/gaps",
    "plan-inbox": "/plan/{plan}/inbox",
    "plan-communications": "/plan/{plan}/communications",
    "plan-meetings": "/plan/{plan}/meetings",
    "plan-meeting": "/plan/{plan}/meetings/{meeting}",
    "plan-lists": "/plan/{plan}/lists",
    "plan-list": "/plan/{plan}/lists/{list}",
    "account_reauthenticate": "/confirm",
    "mfa_index": "/second-factor/",
    "mfa_activate_totp": "/second-factor/totp/activate/",
    "mfa_add_webauthn": "/second-factor/webauthn/add/",
    "mfa_deactivate_totp": "/second-factor/totp/deactivate/",
    "mfa_reauthenticate": "/second-factor/reauthenticate/",
    "mfa_view_recovery_codes": "/second-factor/recovery-codes/",
    "mfa_generate_recovery_codes": "/second-factor/recovery-codes/generate/",
    "mfa_list_webauthn": "/second-factor/webauthn/",
    "mfa_edit_webauthn": "/second-factor/webauthn/keys/{key}/edit/",
    "mfa_remove_webauthn": "/second-factor/webauthn/keys/{key}/remove/",
    "mfa_reauthenticate_webauthn": "/second-factor/webauthn/reauthenticate/",
}
BOBS = {
    "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
}  # fmt: skip
# Looked at by whoever has not signed in; `mfa_authenticate` comes after a password.
AT_THE_DOOR = {"sign-in": "/sign-in", "account_login": "/sign-in", "sign-in-link": "/sign-in/link/{link}"}
AFTER_A_PASSWORD = {"mfa_authenticate"}
# Forms are sent there, or files fetched: there is nothing to look at.
NO_PAGES = {
    "add-retention", "end-retention",
    "seen", "sign-out", "account_logout", "password", "member-role", "language", "change-person", "share-case",
    "settle", "undo", "tell-original", "judge", "judge-statement", "follow-source", "switch-source", "judge-match",
    "dismiss-alert", "open-channel", "close-channel", "calendar", "alerts-feed", "mfa_download_recovery_codes",
    "mfa_login_webauthn", "plan-adopt", "plan-partner-add", "plan-seat", "plan-unseat", "plan-case-add", "plan-share",
    "plan-unshare", "plan-case-take-out", "plan-note", "plan-pledge-add", "plan-pledge-move", "plan-inbox-sort",
    "plan-communication-add", "plan-answer", "plan-meeting-add", "plan-meeting-move", "plan-meeting-decide",
    "plan-leave", "plan-pledge-take-over", "plan-meeting-ics", "plan-list-settle", "plan-contingency-add",
    "plan-put-under",
}  # fmt: skip
# Other states of pages: empty, filtered, refused, of an earlier day.
STATES = (
    "/search", "/search?q=nowhere", "/judge?kind=unsure", "/judge?case={case}", "/matches?why=unsure",
    "/cases/{case}?on=2026-03-08", "/cases/{case}?on=soon", "/cases/{case}/person?find=Oumari", "/watch?away=1",
    "/documents/{last}", "/statements?speaker=nobody", "/statements?act=sing", "/nowhere",
)  # fmt: skip
PASSWORD = "quiet harbour lantern"


def names() -> set[str]:
    """The name of every address that there is."""

    def within(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from within(one.url_patterns)
            else:
                yield str(one.name)

    return set(within(get_resolver().url_patterns))


def lived_in(people: Cast) -> Mapping[str, object]:
    """What fills the addresses: a desk with a case, matches, alerts, a followed source, a plan, and second factors."""
    asked(people)
    case, plan, by = full(people), held(people), actor(people.alice)
    pledge = promised(plan, plan.aid, plan.dana)
    letter(plan, through="the embassy")
    meeting = contacts.convene(plan.coalition, Convened("The three of us", timezone.localdate(), "09:30"), actor=by)
    announced = lists.take_in(plan.legal, "The deal", b"Tarek Oumari\nAydin\nNobody Known", actor=by)
    follow(people)
    tick(actor=by, on=timezone.localdate())
    claim, statement = Claim.objects.earliest("pk"), Statement.objects.earliest("pk")
    return {
        "case": case.pk,
        "document": claim.reading.document_id,
        "claim": claim.pk,
        "told": statement.reading.document_id,
        "statement": statement.pk,
        "last": Document.objects.latest("pk").pk,
        "plan": plan.coalition.pk,
        "plan_case": plan.tarek.pk,
        "pledge": pledge.pk,
        "meeting": meeting.pk,
        "list": announced.pk,
        "link": make_sign_in_link(people.bob, actor=by),
        "key": with_second_factor(people.alice, people.bob),
    }


def follow(people: Cast) -> None:
    """A feed with a long address, which did not answer."""
    address = "https://agency.example/" + "news/" * 20 + "feed.xml"
    team = Membership.objects.get(user=people.alice).team
    feed = add_feed(team, address, actor=actor(people.alice), source="Agency")
    feed.trouble = f"{address} did not answer within 20 seconds; try again later."
    feed.save()


def with_second_factor(alice: User, bob: User) -> int:
    """Alice has a password; bob an app, recovery codes and a security key too, whose number comes back."""
    for user in (alice, bob):
        user.set_password(PASSWORD)
        user.save()
    TOTP.activate(bob, generate_totp_secret())
    RecoveryCodes.activate(bob)
    return int(
        Authenticator.objects.create(user=bob, type="webauthn", data={"name": "Key", "credential": security_key()}).pk
    )


def security_key() -> dict[str, object]:
    """What a browser told when a key was added."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"key", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, held)
    told = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    response = {"clientDataJSON": websafe_encode(told), "attestationObject": websafe_encode(_attested(data))}
    name = websafe_encode(b"key")
    return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def _attested(data: AuthenticatorData) -> bytes:
    return bytes(AttestationObject.create("none", data, {}))


def just_signed_in(session: Any, name: str) -> None:
    """Lets the session change second factors without being asked for the password again."""
    record = {"method": "password", "at": time.time(), "username": name, "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
