"""Keeps beside each state the fold that made it, so that none of an older one is shown after an upgrade."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_pairs_of_names")]
    operations = [
        migrations.AddField(
            model_name="keptstate",
            name="fold",
            field=models.CharField(db_default="", db_index=True, max_length=16),
        ),
    ]
