from django.db import migrations, models
from django.db.models import F


def keep_what_was_told(apps, schema_editor):
    call = apps.get_model("workinggroups", "Call")
    if not hasattr(call, "reminded"):  # a new database is laid out as it is in the end, with nothing to keep
        return
    calls = call.objects.using(schema_editor.connection.alias)
    calls.filter(reminded=True).update(reminded_days=F("remind_days"))


class Migration(migrations.Migration):
    dependencies = [("workinggroups", "0020_comments_by_passage")]

    operations = [
        migrations.AddField("call", "reminded_days", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.RemoveField("call", "reminded"),
        migrations.AlterField(
            "call",
            "remind_days",
            models.PositiveSmallIntegerField(default=14, verbose_name="reminder, days before"),
        ),
    ]
