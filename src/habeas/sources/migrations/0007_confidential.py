from typing import Any

from django.db import migrations

from habeas.core.encrypted import EncryptedText, decrypt_columns


def put_back(apps: Any, schema_editor: object) -> None:
    """The way back: values in clear, as the columns had them; the way forth encrypts them after `migrate`."""
    decrypt_columns("sources", apps)


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0006_translations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="feed",
            name="password",
            field=EncryptedText(blank=True, help_text="of a mailbox"),
        ),
        migrations.RunPython(migrations.RunPython.noop, put_back),
    ]
