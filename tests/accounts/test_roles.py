"""What each role may do, asked of the services themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cast import Cast, actor, cast, colleague, report
from habeas.accounts import roles, services
from habeas.accounts.models import Membership, Team, User
from habeas.accounts.roles import NotAllowed, Right
from habeas.advocacy.services import coalition
from habeas.audit import checks
from habeas.audit.models import AuditLine
from habeas.cases import by_hand, erasing, gold, intake, judging
from habeas.cases import people as identity
from habeas.cases.models import Case, Claim, Sighting
from habeas.core.errors import NotThere
from habeas.sources import follow
from habeas.sources.models import Document, Feed
from habeas.sources.stated import Stated
from habeas.watch.models import Alert
from habeas.watch.services import dismiss

pytestmark = pytest.mark.django_db

Act = Callable[[Cast, User, Path], Any]


@pytest.fixture
def people() -> Cast:
    made = cast()
    report(made.alice, "Tarek Oumari")
    report(made.alice, "Tarek Oumari", "{name} was weak.", kind="health", phase="ongoing", value="weak")
    Alert.objects.create(
        case=Case.objects.get(), rule="x", due_on=date(2026, 3, 4), label="", reasons=[],
        as_of=date(2026, 3, 4), raised_at=timezone.now(),
    )  # fmt: skip
    return made


def take_in(people: Cast, user: User, folder: Path) -> object:
    (folder / "report.txt").write_text("Rana Saffar was arrested.", encoding="utf-8")
    return intake.add_report(folder / "report.txt", "report.txt", Stated(), user=user, actor=actor(user))


def add_a_claim(people: Cast, user: User, folder: Path) -> object:
    said = {"kind": "arrest", "phase": "done", "evidence": [[0, 5]]}
    return by_hand.add_claim(Document.objects.earliest("pk"), said, Sighting.objects.earliest("pk"), actor=actor(user))


def add_a_name(people: Cast, user: User, folder: Path) -> object:
    person = Case.objects.get().person
    return identity.add_alias(person, "Abu Hani", reason="said so", user=user, actor=actor(user))


def follow_a_folder(people: Cast, user: User, folder: Path) -> Feed:
    team = Membership.objects.get(user=user).team
    return follow.add_feed(team, str(folder), actor=actor(user), source="Basit Post", kind="folder")


def add_somebody(people: Cast, user: User, folder: Path) -> object:
    return services.add_user("hala", "correct horse battery", Membership.objects.get(user=user).team, actor=actor(user))


def judged(kind: str) -> Act:
    return lambda people, user, folder: judging.judge(
        Claim.objects.filter(kind=kind).earliest("pk"), "accept", actor=actor(user)
    )


ACTS: list[tuple[Right, Act]] = [
    (Right.REPORT, take_in),
    (Right.JUDGE, judged("arrest")),
    (Right.JUDGE, add_a_claim),
    (Right.JUDGE_HEALTH, judged("health")),
    (Right.MATCH, add_a_name),
    (Right.WATCH, lambda people, user, folder: dismiss(Alert.objects.get(), actor=actor(user))),
    (Right.PLAN, lambda people, user, folder: coalition.found("Together", "Basit Legal", actor=actor(user))),
    (Right.FOLLOW, follow_a_folder),
    (Right.EXPORT, lambda people, user, folder: list(gold.export(user))),
    (Right.GOVERN, add_somebody),
    (Right.GOVERN, lambda p, u, f: judging.set_rule(Membership.objects.get(user=u).team, "claim", 2, actor=actor(u))),
    (Right.ERASE, lambda p, user, f: erasing.erase(Case.objects.get().person, reason="asked", actor=actor(user))),
]


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize(("right", "act"), ACTS)
def test_a_role_does_what_the_table_says_and_nothing_else(
    people: Cast, role: str, right: Right, act: Act, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    user, lines = colleague(people, role), AuditLine.objects.count()
    assert Case.objects.visible_to(user).exists()
    if right in roles.ROLES[role]:
        act(people, user, tmp_path)
    else:
        with pytest.raises(NotAllowed, match=f"You may not {right} in this team"):
            act(people, user, tmp_path)
        assert AuditLine.objects.count() == lines


def test_who_follows_no_sources_changes_no_password_of_one(people: Cast, tmp_path: Path) -> None:
    feed = follow_a_folder(people, people.alice, tmp_path)
    with pytest.raises(NotAllowed, match="which sources are followed"):
        follow.set_password(feed, "x", actor=actor(colleague(people, "reader")))


def test_several_roles_add_up(people: Cast, tmp_path: Path) -> None:
    user = colleague(people, "medical", "reporter")
    take_in(people, user, tmp_path)
    judged("health")(people, user, tmp_path)
    with pytest.raises(NotAllowed):
        judged("arrest")(people, user, tmp_path)


def test_without_a_role_nobody_sees_anything(people: Cast) -> None:
    user = colleague(people)
    assert not Case.objects.visible_to(user).exists()
    assert not Document.objects.visible_to(user).exists()
    with pytest.raises(services.AccountsError, match="in no team"):
        services.home_team(user)


def test_a_role_of_one_team_is_worth_nothing_in_another(people: Cast) -> None:
    with pytest.raises(NotThere):  # charlie is an admin, elsewhere
        judging.judge(Claim.objects.earliest("pk"), "accept", actor=actor(people.charlie))


def test_roles_are_given_and_taken_on_record(people: Cast) -> None:
    rana = colleague(people, "reader")
    member = Membership.objects.get(user=rana)
    assert services.give_role(member, "editor", actor=actor(people.alice))
    assert not services.give_role(member, "editor", actor=actor(people.alice))
    assert services.take_role(member, "reader", actor=actor(people.alice))
    member.refresh_from_db()
    assert member.roles == ["editor"]
    given, taken = AuditLine.objects.order_by("-pk")[1], AuditLine.objects.latest("pk")
    assert (given.action, taken.action) == ("accounts.role.given", "accounts.role.taken")
    assert taken.detail == {"user": rana.pk, "role": "reader", "roles": ["editor"]}
    with pytest.raises(NotAllowed):
        services.give_role(member, "admin", actor=actor(rana))
    with pytest.raises(services.AccountsError, match="'king' is no role; choose reader, "):
        services.give_role(member, "king", actor=actor(people.alice))


def test_the_last_admin_stays(people: Cast) -> None:
    alice, bob = (Membership.objects.get(user=user) for user in (people.alice, people.bob))
    assert services.take_role(bob, "admin", actor=actor(people.alice))
    with pytest.raises(services.AccountsError, match="last admin"):
        services.take_role(alice, "admin", actor=actor(people.alice))


def test_whoever_runs_the_machine_can_hand_out_roles_in_every_team(people: Cast) -> None:
    operator = services.local_operator()
    services.give_role(Membership.objects.get(user=people.bob), "publisher", actor=actor(operator))
    with pytest.raises(NotThere):
        judging.judge(Claim.objects.earliest("pk"), "accept", actor=actor(operator))


def test_a_team_added_has_whoever_added_it_for_admin(people: Cast) -> None:
    made = services.add_team("Second", actor=actor(people.alice))
    assert Membership.objects.get(team=made).roles == ["admin"]
    with pytest.raises(services.AccountsError, match="exists"):
        services.add_team("Second", actor=actor(people.alice))
    with pytest.raises(NotAllowed):
        services.add_team("Third", actor=actor(colleague(people, "editor")))


def test_a_desk_from_before_there_were_roles_goes_on_as_it_was() -> None:
    team = Team.objects.create(name="Old desk")
    for name in ("first", "second"):
        user = User.objects.create(username=name)
        Membership.objects.create(team=team, user=user, joined_at=timezone.now())
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    told = dict(Membership.objects.values_list("user__username", "roles"))
    assert told == {"first": ["admin"], "second": ["editor"]}
    assert AuditLine.objects.filter(action="accounts.role.given").count() == 2
    assert not list(checks.faults((Membership,)))
