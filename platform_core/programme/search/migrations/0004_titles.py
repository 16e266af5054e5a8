from django.db import connection, migrations

from platform_core.programme.search.backends import postgresql


def index(apps, schema_editor):
    if connection.vendor == "postgresql":
        schema_editor.execute(postgresql.CREATE_TITLES)


def forget(apps, schema_editor):
    if connection.vendor == "postgresql":
        schema_editor.execute(postgresql.DROP_TITLES)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_searchentry_marks")]
    operations = [migrations.RunPython(index, forget)]
