import django.db.models.deletion
import wimmentor.base.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0005_drop_answers_of_initiatives'),
        ('programmes', '0011_ask_when_hours_hold_on_a_roster'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('introduction', models.TextField(blank=True)),
                ('questionnaire', models.CharField(default='2027', max_length=20)),
                ('languages', wimmentor.base.fields.CodesField(blank=True, default=tuple)),
                ('state', models.CharField(choices=[('draft', 'in preparation'), ('open', 'open'), ('closed', 'closed'), ('published', 'published')], default='draft', max_length=12)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('opens_at', models.DateTimeField()),
                ('opens_wall', models.CharField(max_length=16)),
                ('closes_at', models.DateTimeField()),
                ('closes_wall', models.CharField(max_length=16)),
                ('most_letters', models.PositiveSmallIntegerField(default=3)),
                ('letter_days', models.PositiveSmallIntegerField(default=14)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-opens_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='wave_closes_after_opening'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='wave_published_has_time'), models.CheckConstraint(condition=models.Q(('letter_days__gte', 1), ('letter_days__lte', 90), ('most_letters__lte', 10)), name='wave_letters_sensible')],
            },
        ),
        migrations.CreateModel(
            name='WaveResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('in_review', 'in review'), ('returned', 'returned with questions'), ('accepted', 'accepted'), ('published', 'published'), ('merged', 'answered by another organisation')], default='draft', max_length=12)),
                ('contact_name', models.CharField(blank=True, max_length=150)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=10)),
                ('note', models.TextField(blank=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wave_responses', to='programmes.organisation')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.record')),
                ('statements', models.ManyToManyField(blank=True, related_name='responses', to='inventory.statement')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='inventory.wave')),
            ],
            options={
                'ordering': ['organisation__name_folded', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WaveLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('email', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.outboxemail')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='inventory.waveresponse')),
            ],
            options={
                'ordering': ['response', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ResponseEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('carried', 'not looked at yet'), ('unchanged', 'nothing changed'), ('changed', 'changed'), ('new', 'new')], default='carried', max_length=10)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wave_entries', to='inventory.record')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inventory.waveresponse')),
            ],
            options={
                'ordering': ['response', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='waveresponse',
            constraint=models.UniqueConstraint(fields=('wave', 'organisation'), name='response_once'),
        ),
        migrations.AddConstraint(
            model_name='waveletter',
            constraint=models.UniqueConstraint(fields=('response', 'number'), name='wave_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='responseentry',
            constraint=models.UniqueConstraint(fields=('response', 'record'), name='response_entry_once'),
        ),
    ]

