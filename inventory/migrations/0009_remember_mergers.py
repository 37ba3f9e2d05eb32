import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0008_keep_files_and_imports'),
        ('programmes', '0011_ask_when_hours_hold_on_a_roster'),
    ]

    operations = [
        migrations.CreateModel(
            name='Merger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='merger', to='programmes.organisation')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mergers', to='programmes.organisation')),
            ],
        ),
    ]
