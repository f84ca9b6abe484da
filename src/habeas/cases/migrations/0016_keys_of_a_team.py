"""Puts a name's team beside each of its keys, so that no other team's names are counted or read with one's own."""

import django.db.models.deletion
from django.db import migrations, models


def _team(*, null: bool) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.team",
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_roles"), ("cases", "0015_fold_of_kept_states")]
    operations = [
        migrations.AddField(model_name="namekey", name="team", field=_team(null=True)),
        migrations.RunSQL(
            "UPDATE cases_namekey SET team_id = (SELECT n.team_id FROM cases_name n WHERE n.id = cases_namekey.name_id)",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(model_name="namekey", name="team", field=_team(null=False)),
        migrations.RemoveIndex(model_name="namekey", name="cases_namek_key_40e613_idx"),
        migrations.AddIndex(
            model_name="namekey", index=models.Index(fields=["key", "team", "name"], name="keys_of_a_team")
        ),
    ]
