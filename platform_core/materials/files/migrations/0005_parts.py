from django.db import migrations, models
from django.db.models.functions import Length

LIMIT = 50_000


def read_again(apps, schema_editor):
    """What was cut off at the limit of a page is read again by the worker, whole."""
    pages = apps.get_model("files", "FilePage").objects.annotate(length=Length("text"))
    jobs = apps.get_model("jobs", "Job").objects
    for pk in pages.filter(length__gte=LIMIT).values_list("file", flat=True).distinct():
        jobs.create(kind="files.extract", arguments={"file": pk})


class Migration(migrations.Migration):
    dependencies = [('files', '0004_kept_at'), ("jobs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="in_parts",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(read_again, migrations.RunPython.noop, elidable=True),
    ]
