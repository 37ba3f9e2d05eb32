"""Apart from the rows that were just counted: PostgreSQL alters no table in whose transaction rows wait for checks."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_keep_the_file_of_an_import")]

    operations = [
        migrations.AddConstraint(
            "importbatch",
            models.CheckConstraint(
                condition=Q(("undone_at__isnull", True), ("applied_at__isnull", False), _connector="OR"),
                name="import_undone_was_applied",
            ),
        ),
        migrations.AddConstraint(
            "importbatch",
            models.UniqueConstraint(
                condition=Q(("stored_file", ""), _negated=True), fields=("stored_file",), name="import_file_once"
            ),
        ),
    ]
