from django.db import migrations


def heed_drafts(apps, schema_editor):
    """A worker notes the links of the drafts there are, so that they are asked as those of new ones are."""
    if apps.get_model("repository", "Record").objects.filter(state="draft").exists():
        apps.get_model("jobs", "Job").objects.create(kind="repository.heed_drafts", arguments={})


class Migration(migrations.Migration):
    dependencies = [
        ("repository", "0019_clusters_of_projects"),
        ("jobs", "0001_initial"),
    ]
    operations = [migrations.RunPython(heed_drafts, migrations.RunPython.noop)]
