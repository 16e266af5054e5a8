import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0005_parts'),
        ('repository', '0015_open_files_then'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField()),
                ('note', models.CharField(max_length=500, verbose_name='what has changed')),
                ('changes', models.JSONField(default=dict)),
                ('dropped', models.JSONField(default=list)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('is_waiting', models.BooleanField(default=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='repository.record')),
            ],
            options={
                'verbose_name': 'proposal to change a record',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_waiting', True)), fields=('record', 'person'), name='one_waiting_proposal')],
            },
        ),
    ]
