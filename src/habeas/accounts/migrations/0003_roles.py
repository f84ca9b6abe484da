from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was in a team before there were roles is given some after this, with a line in the audit."""

    dependencies = [
        ("accounts", "0002_failed_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="roles",
            field=models.JSONField(
                null=True, blank=True, help_text="codes of accounts.roles; null from before there were roles"
            ),
        ),
    ]
