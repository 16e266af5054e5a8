from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('repository', '0014_is_retold'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordversion',
            name='had_open_files',
            field=models.BooleanField(default=False),
        ),
    ]
