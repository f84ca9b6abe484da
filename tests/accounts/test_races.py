"""Two admins at the same moment: one of them is late, and the team keeps an admin."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from databases import needs_postgres, postgres, sqlite

ROUNDS = 20
PROGRAM = """
import threading
from habeas.cli import desk
operator = desk.open_desk()
from django.db import connection
from habeas.accounts import services
from habeas.accounts.models import Membership, Team, User
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
by, team = Actor(operator.pk, "command"), Team.objects.get()
secret = "a long enough secret 4 all"
both = [services.add_user(name, secret, team, actor=by, as_=["admin"]) for name in ("amal", "hala")]
services.add_user("rana", secret, team, actor=by, as_=["reader"])
services.give_role(Membership.objects.get(user=both[0]), "editor", actor=by)
services.take_role(Membership.objects.get(user=operator), "admin", actor=by)


def at_once(*acts):
    start, said = threading.Barrier(len(acts)), []
    def run(act):
        try:
            start.wait()
            said.append(act())
        except HabeasError as fault:
            said.append(type(fault).__name__)
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return said


def taken(user, other):
    return lambda: services.take_role(Membership.objects.get(user=user), "admin", actor=Actor(other.pk, "desk"))


for _ in range(ROUNDS):
    said = at_once(taken(*both), taken(*both[::-1]))
    admins = [m for m in Membership.objects.filter(team=team) if "admin" in m.roles]
    assert len(admins) == 1 and True in said and len(said) == 2, (said, admins)
    for user in both:
        services.give_role(Membership.objects.get(user=user), "admin", actor=by)
    member = Membership.objects.get(user__username="rana")
    as_read = [Membership.objects.get(pk=member.pk) for _ in range(2)]
    at_once(*(
        lambda m=m, role=role: services.give_role(m, role, actor=by)
        for m, role in zip(as_read, ("medical", "publisher"))
    ))
    member.refresh_from_db()
    assert set(member.roles) == {"reader", "medical", "publisher"}, member.roles
    for role in ("medical", "publisher"):
        services.take_role(member, role, actor=by)
""".replace("ROUNDS", str(ROUNDS))


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=needs_postgres)])
def test_of_two_who_change_roles_at_once_one_is_late(database: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        made = sqlite(tmp_path) if database == "sqlite" else stack.enter_context(postgres())
        env = {**os.environ, "HABEAS_DATA_DIR": str(tmp_path), "HABEAS_DATABASE_URL": made.url}
        ran = subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
