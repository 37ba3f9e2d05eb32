import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_remember_columns")]

    operations = [
        migrations.CreateModel(
            name="PastPairImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                ("stored_file", models.CharField(blank=True, max_length=48)),
                ("mapping", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("rows_created", models.PositiveIntegerField(default=0)),
                ("rows_refused", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="programmes.cohort",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("stored_file", ""), _negated=True),
                        fields=("stored_file",),
                        name="past_pairs_file_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mentor_key", models.CharField(max_length=20)),
                ("mentee_key", models.CharField(max_length=20)),
                ("started_on", models.DateField(blank=True, null=True)),
                (
                    "brought_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs",
                        to="programmes.pastpairimport",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "mentor_key", "mentee_key"), name="past_pair_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("mentor_key", F("mentee_key")), _negated=True), name="past_pair_of_two"
                    ),
                ],
            },
        ),
    ]
