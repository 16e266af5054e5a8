from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workinggroups", "0021_calls_remind_again")]

    operations = [migrations.AddField("asked", "recorded", models.JSONField(blank=True, default=dict))]
