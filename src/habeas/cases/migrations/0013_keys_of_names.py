"""Gives the names of older desks the keys that names are kept under now, so that new spellings meet them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from habeas.names import keys

TOGETHER = 1000


def give_keys(apps: Any, schema_editor: Any) -> None:
    """Keys made anew for every name, a thousand at a time."""
    name_keys = apps.get_model("cases", "NameKey").objects
    for names in _some(apps.get_model("cases", "Name").objects):
        name_keys.filter(name__in=list(names)).delete()
        made = (name_keys.model(name_id=pk, key=key) for pk, name in names.items() for key in keys(name))
        name_keys.bulk_create(made, batch_size=TOGETHER)


def _some(names: Any) -> Iterator[dict[int, str]]:
    last = 0
    while found := dict(names.filter(pk__gt=last).order_by("pk").values_list("pk", "name")[:TOGETHER]):
        yield found
        last = max(found)


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_states_of_several_teams")]
    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
