from django.db import migrations

LABELS = {"network.network": "Network", "network.initiative": "Initiative"}


def open_all(apps, schema_editor):
    """Networks and initiatives are found by everybody; a worker reads those that are there."""
    audience = apps.get_model("access", "Audience")
    rows = [
        audience(thing=label, object_id=pk, key="public")
        for label, name in LABELS.items()
        for pk in apps.get_model("network", name).objects.values_list("pk", flat=True)
    ]
    audience.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        apps.get_model("jobs", "Job").objects.create(kind="search.rebuild", arguments={})


def close_all(apps, schema_editor):
    apps.get_model("access", "Audience").objects.filter(thing__in=LABELS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
        ("access", "0001_initial"),
        ("jobs", "0001_initial"),
    ]
    operations = [migrations.RunPython(open_all, close_all)]
