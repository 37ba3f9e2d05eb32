import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_constrain_imports")]

    operations = [
        migrations.CreateModel(
            name="RememberedColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading_folded", models.CharField(max_length=250)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("used_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["heading_folded"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "heading_folded"), name="remembered_column_once")
                ],
            },
        ),
    ]
