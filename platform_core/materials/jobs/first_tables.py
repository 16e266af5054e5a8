"""A new database without the years of its migrations: other people's apps by theirs, ours straight from the models.

For a first start in seconds rather than minutes, and for the databases of tests. Every migration is noted as applied, so
that later ones continue from here; what a migration does by SQL or Python of its own is done here too. One test holds
that migrating leads to the same tables.
"""

import sys
from contextlib import suppress

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor


def lay_out() -> None:
    """Every table and what stands in them from the beginning; a database that has its tables is left as it is."""
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations:
        return
    emit_pre_migrate_signal(0, False, connection.alias, apps=apps, plan=[])
    executor.migrate(foreign_targets(executor))
    executor.loader.build_graph()
    with connection.schema_editor() as editor:
        present = set(connection.introspection.table_names())
        for model in apps.get_models():
            if model._meta.can_migrate(connection) and model._meta.db_table not in present:
                editor.create_model(model)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with connection.schema_editor() as editor:
            for operation in migration.operations:
                if isinstance(operation, RunPython):
                    with suppress(LookupError):  # rows of models that are gone; there are none to move
                        operation.code(apps, editor)
                elif isinstance(operation, RunSQL):
                    operation.database_forwards(migration.app_label, editor, None, None)
        for label, name in [(migration.app_label, migration.name), *migration.replaces]:
            executor.recorder.record_applied(label, name)
    emit_post_migrate_signal(0, False, connection.alias, apps=apps, plan=[])


def foreign_targets(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migrations of other people's apps and of those of ours that theirs depend on."""
    graph = executor.loader.graph
    foreign = {config.label for config in apps.get_app_configs() if config.path.startswith(sys.prefix)}
    while True:
        targets = [node for node in graph.leaf_nodes() if node[0] in foreign]
        needed = {migration.app_label for migration, _ in executor.migration_plan(targets)}
        if needed <= foreign:
            return targets
        foreign |= needed
