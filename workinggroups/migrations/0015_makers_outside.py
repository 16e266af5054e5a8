from django.db import migrations


def close(apps, schema_editor):
    """Who made a document and is not in the group sees it only while she is asked about it, or a guest with it."""
    held = apps.get_model("access", "Audience").objects.filter(thing="workinggroups.document")
    reviewers = apps.get_model("workinggroups", "Reviewer").objects.filter(review__outcome="open")
    reviewers = reviewers.exclude(answer="released")
    guests = apps.get_model("workinggroups", "Participant").objects.filter(is_guest=True, is_open=True)
    rows = apps.get_model("workinggroups", "Document").objects.exclude(made_by=None)
    for pk, maker in rows.values_list("pk", "made_by"):
        is_asked = reviewers.filter(review__document=pk, person=maker).exists()
        if not is_asked and not guests.filter(meeting__items__documents=pk, person=maker).exists():
            held.filter(object_id=pk, key=f"person:{maker}").delete()


class Migration(migrations.Migration):
    dependencies = [("workinggroups", "0014_visits_and_reminders"), ("access", "0004_tokens")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
