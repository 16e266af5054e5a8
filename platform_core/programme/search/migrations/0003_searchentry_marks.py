from django.db import migrations, models


def fill(apps, schema_editor):
    """The facets that entries of before already have."""
    rows = apps.get_model("search", "SearchFacet").objects.values_list("entry", "dimension", "value")
    marks = {}
    for entry, dimension, value in rows.order_by("entry", "dimension", "value").iterator():
        marks.setdefault(entry, []).append(f"{dimension}={value}")
    entries = apps.get_model("search", "SearchEntry")
    entries.objects.bulk_update(
        (entries(pk=entry, marks="\n".join(lines)) for entry, lines in marks.items()), ["marks"], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [
        migrations.AddField("searchentry", "marks", models.TextField(blank=True, default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
