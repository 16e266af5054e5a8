import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the one before: PostgreSQL changes no table in the transaction in which its rows were written."""

    dependencies = [
        ('consultations', '0012_letters_and_versions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='formeranswers',
            name='questionnaire',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.questionnaire'),
        ),
    ]
