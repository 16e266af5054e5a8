from django.db import connection, migrations

from platform_core.programme.search.backends import postgresql


def keep(apps, schema_editor):
    if connection.vendor == "postgresql":
        schema_editor.execute(postgresql.CREATE_STATISTICS)
        schema_editor.execute(postgresql.SET_STATISTICS)
        schema_editor.execute("ANALYZE search_searchfacet")


def forget(apps, schema_editor):
    if connection.vendor == "postgresql":
        schema_editor.execute(postgresql.DROP_STATISTICS)


class Migration(migrations.Migration):
    dependencies = [("search", "0009_keywords_in_titles")]
    operations = [migrations.RunPython(keep, forget)]
