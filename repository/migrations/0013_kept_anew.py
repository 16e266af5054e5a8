"""Regions imply their countries, requests that ended are no longer open, titles have the words by which they are found."""

from django.db import migrations

AT_ONCE = 1000


def imply_countries(apps, schema_editor):
    record = apps.get_model("repository", "Record")
    through = record.countries.through
    pairs = set(record.regions.through.objects.values_list("record_id", "region__country_id"))
    pairs -= set(through.objects.values_list("record_id", "country_id"))
    through.objects.bulk_create(
        (through(record_id=pk, country_id=country) for pk, country in sorted(pairs)), batch_size=AT_ONCE
    )


def close_what_ended(apps, schema_editor):
    ended = apps.get_model("cases", "Case").objects.filter(
        kind="repository.gap", thing="repository.gaprequest", state__in=["answered", "withdrawn"]
    )
    requests = apps.get_model("repository", "GapRequest").objects
    requests.filter(pk__in=list(ended.values_list("object_id", flat=True))).update(is_open=False)
    requests.filter(answered_with__isnull=False).update(is_open=False)


def note_titles(apps, schema_editor):
    from repository.twins import words_of

    record, word = apps.get_model("repository", "Record"), apps.get_model("repository", "TitleWord")
    rows = (
        word(record_id=pk, word=one)
        for pk, title in record.objects.values_list("pk", "title").iterator(AT_ONCE)
        for one in sorted(words_of(title))
    )
    word.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def have_all_read_again(apps, schema_editor):
    """Entries of search lack the countries and the facets that are new; a worker adds them."""
    if apps.get_model("repository", "Record").objects.exists():
        apps.get_model("jobs", "Job").objects.create(kind="search.rebuild", arguments={})


class Migration(migrations.Migration):
    dependencies = [
        ("repository", "0012_gaps_and_titles"),
        ("cases", "0002_remind_days"),
        ("jobs", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (imply_countries, close_what_ended, note_titles, have_all_read_again)
    ]
