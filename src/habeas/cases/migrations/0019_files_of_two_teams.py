from typing import Any

import django.db.models.deletion
from django.core.management import CommandError
from django.db import migrations, models


def keep_one(apps: Any, _schema: object) -> None:
    """Refuses to go back while two teams' files are of one person: without these columns nothing says so any more."""
    count = apps.get_model("cases", "Person").objects.exclude(one_with=None).count()
    if count:
        raise CommandError(
            f"{count} people were found to be one with somebody in another team's file, which an older version cannot"
            " keep; take these merges back on the page of each case first."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("cases", "0018_files_of_long_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="one_with",
            field=models.ForeignKey(
                blank=True,
                help_text="in another team's file",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="told_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="that team",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_one),
    ]
