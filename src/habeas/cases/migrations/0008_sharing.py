import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("cases", "0007_telling_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="limited_at",
            field=models.DateTimeField(
                blank=True,
                null=True,
                help_text="since when only those see it whom it is shown to; null: its team sees it",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("limited_at__isnull", False)), fields=["team"], name="limited_cases_of_a_team"
            ),
        ),
        migrations.CreateModel(
            name="CaseShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="cases.case"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("team", None), ("user__isnull", False)),
                            models.Q(("team__isnull", False), ("user", None)),
                            _connector="OR",
                        ),
                        name="a_share_is_with_a_person_or_a_team",
                    )
                ],
            },
        ),
    ]
