from django.db import migrations, models
from django.utils import timezone


def note_what_is_open(apps, schema_editor):
    """Of each published record whose files everybody can have today, the newest version."""
    newest = apps.get_model("repository", "RecordVersion").objects.filter(record=models.OuterRef("pk")).order_by("-number")
    soon = models.Q(files_from__gt=timezone.localdate())
    seen = apps.get_model("repository", "Record").objects.filter(state="published", for_members=False, files_for="all")
    rows = seen.exclude(soon).annotate(newest=models.Subquery(newest.values("pk")[:1])).values("newest")
    apps.get_model("repository", "RecordVersion").objects.filter(pk__in=rows).update(had_open_files=True)


class Migration(migrations.Migration):

    dependencies = [
        ('repository', '0016_proposals'),
    ]

    operations = [
        migrations.RunPython(note_what_is_open, migrations.RunPython.noop),
    ]
