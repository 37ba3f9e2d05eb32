from django.db import migrations
from django.db.models import OuterRef, Subquery


def link_editions(apps, schema_editor):
    """Those that are called as before: nothing else tells of which they are."""
    Edition = apps.get_model("inventory", "Edition")
    before = Edition.objects.filter(record__carried_to=OuterRef("record"), label=OuterRef("label"))
    carried = Edition.objects.filter(carried_from=None, record__carried_from__isnull=False)
    carried.update(carried_from=Subquery(before.values("pk")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0010_follow_editions_through_records'),
    ]

    operations = [
        migrations.RunPython(link_editions, migrations.RunPython.noop),
    ]
