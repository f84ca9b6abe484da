"""Gives names the keys that they are kept under now, and lets each be compared again when it is next seen.

Since `0013_keys_of_names` more is heard as one name: the j of Hijazi, more given names, Korean syllables.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from habeas.names import keys

TOGETHER = 1000


def read_anew(apps: Any, schema_editor: Any) -> None:
    """Keys made anew for every name, a thousand at a time; what comparing found is forgotten."""
    name_keys, names = apps.get_model("cases", "NameKey").objects, apps.get_model("cases", "Name").objects
    for some in _some(names):
        name_keys.filter(name__in=[pk for pk, _team, _name in some]).delete()
        made = (name_keys.model(name_id=pk, team_id=team, key=key) for pk, team, name in some for key in keys(name))
        name_keys.bulk_create(made, batch_size=TOGETHER)
    apps.get_model("cases", "NamePair").objects.all().delete()
    names.update(paired=False)


def _some(names: Any) -> Iterator[list[tuple[int, int, str]]]:
    last = 0
    while found := list(names.filter(pk__gt=last).order_by("pk").values_list("pk", "team", "name")[:TOGETHER]):
        yield found
        last = found[-1][0]


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_files_of_two_teams")]
    operations = [migrations.RunPython(read_anew, migrations.RunPython.noop)]
