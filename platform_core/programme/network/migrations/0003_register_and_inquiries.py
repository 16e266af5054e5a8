from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def keep_asked(apps, schema_editor):
    """Whose profile is old was asked; nobody asks again for a year."""
    today = timezone.localdate()
    profiles = apps.get_model("network", "ClusterProfile").objects.filter(confirmed_on__lt=today - timedelta(days=365))
    inquiries = apps.get_model("network", "Inquiry")
    rows = [inquiries(organisation_id=pk, asked_on=today) for pk in profiles.values_list("organisation", flat=True)]
    inquiries.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_merged'),
        ('network', '0002_found'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='synergy',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='synergy',
            name='reminded_for',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation')),
            ],
            options={
                'verbose_name': 'yearly question to an organisation',
            },
        ),
        migrations.RunPython(keep_asked, migrations.RunPython.noop),
    ]
