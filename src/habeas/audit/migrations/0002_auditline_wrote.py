from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="auditline",
            name="wrote",
            field=models.JSONField(
                default=dict, help_text="the seal of each row as this action left it: {table: {key: seal}}"
            ),
        ),
    ]
