from typing import Any

from django.db import migrations

from habeas.core.encrypted import EncryptedText, decrypt_columns


def put_back(apps: Any, schema_editor: object) -> None:
    """The way back: values in clear, as the columns had them; the way forth encrypts them after `migrate`."""
    decrypt_columns("advocacy", apps)


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0003_lists_from_documents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="words",
            field=EncryptedText(blank=True),
        ),
        migrations.AlterField(
            model_name="communication",
            name="note",
            field=EncryptedText(blank=True),
        ),
        migrations.AlterField(
            model_name="communication",
            name="sender",
            field=EncryptedText(blank=True, help_text="who sent it, where that is no partner"),
        ),
        migrations.AlterField(
            model_name="communication",
            name="through",
            field=EncryptedText(blank=True),
        ),
        migrations.AlterField(
            model_name="communication",
            name="to",
            field=EncryptedText(blank=True),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="expected",
            field=EncryptedText(blank=True, help_text="who is expected"),
        ),
        migrations.AlterField(
            model_name="note",
            name="words",
            field=EncryptedText(),
        ),
        migrations.RunPython(migrations.RunPython.noop, put_back),
    ]
