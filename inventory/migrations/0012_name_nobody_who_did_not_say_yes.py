from django.db import migrations


def leave_unnamed(apps, schema_editor):
    """Those who chose not to say whether their name may be published."""
    Record = apps.get_model("inventory", "Record")
    silent = Record.objects.filter(initiative=None, publishing="")
    silent.filter(answers__K4__state__in=["unknown", "not_applicable", "declined"]).update(publishing="aggregated")


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0011_link_carried_editions'),
    ]

    operations = [
        migrations.RunPython(leave_unnamed, migrations.RunPython.noop),
    ]
