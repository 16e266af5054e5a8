from django.db import migrations


def read_again(apps, schema_editor):
    """A worker writes the keywords of what is there beside its title."""
    if apps.get_model("search", "SearchEntry").objects.exists():
        apps.get_model("jobs", "Job").objects.create(kind="search.rebuild", arguments={})


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_by_day"),
        ("jobs", "0001_initial"),
    ]
    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
