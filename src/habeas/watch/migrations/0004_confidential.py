from typing import Any

from django.db import migrations

from habeas.core.encrypted import EncryptedText, decrypt_columns


def put_back(apps: Any, schema_editor: object) -> None:
    """The way back: values in clear, as the columns had them; the way forth encrypts them after `migrate`."""
    decrypt_columns("watch", apps)


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0003_messages_begun"),
    ]

    operations = [
        migrations.AlterField(
            model_name="channel",
            name="address",
            field=EncryptedText(blank=True, help_text="where to send; empty where they fetch"),
        ),
        migrations.AlterField(
            model_name="channel",
            name="secret",
            field=EncryptedText(blank=True, help_text="key of a signature, or an access token"),
        ),
        migrations.AlterField(
            model_name="dismissal",
            name="reason",
            field=EncryptedText(blank=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, put_back),
    ]
