"""The file of an import, the columns a coordinator chose, and what undoes it for a day."""

import django.db.models.deletion
from django.db import migrations, models


def note_counts(apps, schema_editor):
    """Lists show the figures without loading the reports."""
    batches = apps.get_model("programmes", "ImportBatch").objects
    for batch in batches.only("report").iterator():
        report = batch.report
        batches.filter(pk=batch.pk).update(
            rows_read=report.get("read", 0),
            rows_created=report.get("created", 0),
            rows_updated=report.get("updated", 0),
            rows_refused=len(report.get("refused", ())),
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_purposelink_language")]

    operations = [
        migrations.AddField("importbatch", "mapping", models.JSONField(default=dict)),
        migrations.AddField("importbatch", "recognised", models.JSONField(default=dict)),
        migrations.AddField("importbatch", "rows_created", models.PositiveIntegerField(default=0)),
        migrations.AddField("importbatch", "rows_read", models.PositiveIntegerField(default=0)),
        migrations.AddField("importbatch", "rows_refused", models.PositiveIntegerField(default=0)),
        migrations.AddField("importbatch", "rows_updated", models.PositiveIntegerField(default=0)),
        migrations.AddField("importbatch", "stored_file", models.CharField(blank=True, max_length=48)),
        migrations.AddField("importbatch", "undone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("importbatch", "version", models.PositiveIntegerField(default=1)),
        migrations.AlterField("importbatch", "role", models.CharField(blank=True, max_length=10)),
        migrations.RunPython(note_counts, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("before", models.JSONField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_lines",
                        to="programmes.application",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="programmes.importbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["key"], name="import_line_key"),
                    models.Index(
                        condition=models.Q(("before__isnull", False)), fields=["batch"], name="import_line_to_restore"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("batch", "application"), name="import_line_once")],
            },
        ),
    ]
