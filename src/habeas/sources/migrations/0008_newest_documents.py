"""Indexes by which the newest documents of a team are found without going through their texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("sources", "0007_confidential"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["published_on", "id", "team"], name="documents_by_day"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["added_at", "id", "team"], name="documents_by_arrival"),
        ),
    ]
