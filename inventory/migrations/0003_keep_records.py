import django.db.models.deletion
import wimmentor.base.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0002_initiative_name_folded'),
        ('programmes', '0011_ask_when_hours_hold_on_a_roster'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(blank=True, max_length=4)),
                ('edition', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField()),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('reply', models.TextField(blank=True)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('questionnaire', models.CharField(default='2027', max_length=20)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(blank=True, editable=False, max_length=200)),
                ('name_folded', models.CharField(blank=True, editable=False, max_length=400)),
                ('kinds', wimmentor.base.fields.CodesField(blank=True, default=tuple, editable=False)),
                ('status', models.CharField(blank=True, editable=False, max_length=20)),
                ('scope', wimmentor.base.fields.CodesField(blank=True, default=tuple, editable=False)),
                ('matching_methods', wimmentor.base.fields.CodesField(blank=True, default=tuple, editable=False)),
                ('mentor_target', models.CharField(blank=True, editable=False, max_length=20)),
                ('languages', wimmentor.base.fields.CodesField(blank=True, default=tuple, editable=False)),
                ('publishing', models.CharField(blank=True, editable=False, max_length=12)),
                ('evidence', models.TextField(blank=True)),
                ('remarks', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('as_of', models.DateField(blank=True, null=True)),
                ('review', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('in_review', 'in review'), ('returned', 'returned with questions'), ('accepted', 'accepted'), ('published', 'published'), ('archived', 'archived')], default='draft', max_length=12)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('is_current', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['organisation__name_folded', 'initiative__code', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_topic_once',
        ),
        migrations.AddField(
            model_name='edition',
            name='answers',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='edition',
            name='cohort',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.cohort'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_initiatives', to='programmes.organisation'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('organisation', 'topic', 'as_of'), name='statement_topic_once'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='record',
            name='carried_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_to', to='inventory.record'),
        ),
        migrations.AddField(
            model_name='record',
            name='initiative',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='inventory.initiative'),
        ),
        migrations.AddField(
            model_name='record',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='programmes.organisation'),
        ),
        migrations.AddField(
            model_name='record',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiries', to='inventory.record'),
        ),
        migrations.AddField(
            model_name='edition',
            name='record',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='inventory.record'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['is_current', 'organisation'], name='record_current'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('review', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='record_published_has_time'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('is_current', False), ('review', 'published'), _connector='OR'), name='record_current_public'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(condition=models.Q(('initiative__isnull', False), models.Q(('review__in', ['published', 'archived']), _negated=True)), fields=('initiative',), name='record_one_open'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(condition=models.Q(('initiative__isnull', True), models.Q(('review__in', ['published', 'archived']), _negated=True)), fields=('organisation',), name='record_one_open_sheet'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(condition=models.Q(('initiative__isnull', False), ('is_current', True)), fields=('initiative',), name='record_one_current'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(condition=models.Q(('initiative__isnull', True), ('is_current', True)), fields=('organisation',), name='record_one_current_sheet'),
        ),
    ]
