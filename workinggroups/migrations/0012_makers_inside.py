from django.db import migrations
from django.db.models import Q


def keys(apps, label, rows):
    """The keys by which the makers of some things see them, whatever became of their part in the group."""
    audience = apps.get_model("access", "Audience").objects.filter(thing=label)
    for pk, maker in rows.exclude(made_by=None).values_list("pk", "made_by"):
        yield audience.filter(object_id=pk, key=f"person:{maker}"), pk, maker


def rewrite(apps, schema_editor):
    """Whoever made a thing of a group sees it as one of the group; where she sees it for another reason too, that stays."""
    audience = apps.get_model("access", "Audience").objects
    documents = apps.get_model("workinggroups", "Document").objects
    places = dict(documents.values_list("pk", "group"))
    asked = Q(reviews__outcome="open") | Q(agenda_items__isnull=False)
    for held, pk, maker in keys(apps, "workinggroups.document", documents):
        if not documents.filter(asked, pk=pk).exists():
            held.delete()
        key = f"inside:{maker}@group:{places[pk]}"
        audience.get_or_create(thing="workinggroups.document", object_id=pk, key=key)
    tasks = apps.get_model("workinggroups", "Task").objects
    for held, pk, maker in keys(apps, "workinggroups.task", tasks):
        if not tasks.filter(pk=pk, owner=maker).exists():
            held.delete()
    meetings = apps.get_model("workinggroups", "Meeting").objects
    for held, pk, maker in keys(apps, "workinggroups.meeting", meetings):
        if not meetings.filter(pk=pk, participants__person=maker, participants__is_open=True).exists():
            held.delete()


class Migration(migrations.Migration):
    dependencies = [("workinggroups", "0011_parts_and_reminders"), ("access", "0004_tokens")]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
