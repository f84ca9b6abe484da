from typing import Any

from django.db import migrations

from habeas.core.encrypted import EncryptedText, decrypt_columns


def put_back(apps: Any, schema_editor: object) -> None:
    """The way back: values in clear, as the columns had them; the way forth encrypts them after `migrate`."""
    decrypt_columns("cases", apps)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_sharing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="judgement",
            name="reason",
            field=EncryptedText(),
        ),
        migrations.AlterField(
            model_name="peoplechange",
            name="reason",
            field=EncryptedText(),
        ),
        migrations.RunPython(migrations.RunPython.noop, put_back),
    ]
