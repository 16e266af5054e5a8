from django.db import connection, migrations, models

from platform_core.programme.search.backends import sqlite

FILL = """UPDATE search_searchfacet
          SET day = (SELECT entry.day FROM search_searchentry entry WHERE entry.id = search_searchfacet.entry_id)"""


def by_day(apps, schema_editor):
    move(schema_editor, sqlite.ROWID)


def by_key(apps, schema_editor):
    move(schema_editor, "id")


def move(schema_editor, rowid):
    """On SQLite the words of entries lie in the order of their rowids."""
    if connection.vendor != "sqlite":
        return
    held = "search_entry_words.rowid" if rowid == sqlite.ROWID else sqlite.KEY
    for statement in (
        "CREATE VIRTUAL TABLE search_moved_words USING fts5(title, body)",
        f"""INSERT INTO search_moved_words(rowid, title, body)
            SELECT {rowid}, search_entry_words.title, search_entry_words.body
            FROM search_entry_words JOIN search_searchentry ON search_searchentry.id = {held}""",
        "DROP TABLE search_entry_words",
        "ALTER TABLE search_moved_words RENAME TO search_entry_words",
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_parts")]
    operations = [
        migrations.AddField("searchfacet", "day", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("searchfacet", "day", models.DateField()),
        migrations.RemoveIndex("searchfacet", "search_facet_value"),
        migrations.AddIndex(
            "searchfacet",
            models.Index(fields=["dimension", "value", "-day", "-entry"], name="search_facet_newest"),
        ),
        migrations.RunPython(by_day, by_key),
    ]
