from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0015_type_targets'),
        ('vocabulary', '0002_concepts'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='countries',
            field=models.ManyToManyField(blank=True, related_name='+', to='vocabulary.country', verbose_name='countries'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='regions',
            field=models.ManyToManyField(blank=True, related_name='+', to='vocabulary.region', verbose_name='regions'),
        ),
    ]
