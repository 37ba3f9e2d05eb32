from django.db import migrations


def forget_unchanged(apps, schema_editor):
    """A row is now the organisation's own wording; what nobody changed is read from the catalogues."""
    apps.get_model("programmes", "CohortLetter").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [migrations.RunPython(forget_unchanged, migrations.RunPython.noop)]
