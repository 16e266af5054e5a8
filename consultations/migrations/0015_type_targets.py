from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0014_one_day_for_all")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="type_targets",
            field=models.JSONField(blank=True, default=dict, verbose_name="answers wanted, by type of organisation"),
        ),
    ]
