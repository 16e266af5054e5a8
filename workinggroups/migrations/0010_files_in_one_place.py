from django.db import migrations

MEETING = {"zip": "meeting", "pdf": "minutes", "docx": "minutes"}


def described(apps):
    """What was made for people by now, whichever table it stood in."""
    for one in apps.get_model("workinggroups", "Pack").objects.all():
        yield one, {"kind": "folder", "ending": "zip", "group_id": one.group_id, "folder_id": one.folder_id}
    for one in apps.get_model("workinggroups", "WikiExport").objects.all():
        yield one, {"kind": "wiki", "ending": one.kind, "group_id": one.group_id, "page_id": one.page_id}
    for one in apps.get_model("workinggroups", "MeetingFile").objects.select_related("meeting"):
        told = {"group_id": one.meeting.group_id, "meeting_id": one.meeting_id}
        yield one, {"kind": MEETING[one.kind], "ending": one.kind, **told}


def gather(apps, schema_editor):
    made = apps.get_model("workinggroups", "MadeFile").objects
    for one, told in described(apps):
        kept = made.create(person_id=one.person_id, file=one.file.name, **told)
        made.filter(pk=kept.pk).update(asked_at=one.asked_at)


class Migration(migrations.Migration):
    dependencies = [("workinggroups", "0009_made_files")]

    operations = [
        migrations.RunPython(gather, migrations.RunPython.noop),
        migrations.DeleteModel(name="MeetingFile"),
        migrations.DeleteModel(name="Pack"),
        migrations.DeleteModel(name="WikiExport"),
    ]
