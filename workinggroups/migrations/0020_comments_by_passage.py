import re

from django.db import migrations

from platform_core.ground.texts.passages import passages

DOCUMENT = "workinggroups.document"


def to_passages(apps, schema_editor):
    """Comments on pages written here counted what empty lines part; they count headings, paragraphs, lists and tables now."""
    comments = apps.get_model("discussions", "Comment").objects.filter(thing=DOCUMENT, anchor__isnull=False)
    versions = apps.get_model("workinggroups", "DocumentVersion").objects.filter(file=None)
    for comment in list(comments):
        major, _dot, minor = comment.version.partition(".")
        if not (major.isdecimal() and minor.isdecimal()):
            continue
        found = versions.filter(document=comment.object_id, major=major, minor=minor).first()
        if found is None:
            continue
        parts = [part for part in re.split(r"\n\s*\n", found.text) if part.strip()]
        if comment.anchor <= len(parts):
            comment.anchor = len(passages("\n\n".join(parts[: comment.anchor]))) or 1
            comment.save(update_fields=["anchor"])


class Migration(migrations.Migration):
    dependencies = [
        ("workinggroups", "0019_series_apart"),
        ("discussions", "0005_translation_numbers"),
    ]

    operations = [migrations.RunPython(to_passages, migrations.RunPython.noop)]
