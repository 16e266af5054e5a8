from django.db import migrations

from platform_core.programme.search.backends import postgresql, sqlite


def statements(kind):
    def run(apps, schema_editor):
        backend = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
        for statement in getattr(backend, kind):
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(statements("CREATE"), statements("DROP"))]
