"""The migrations, which the other tests do without, lead to the tables of the models; a real PostgreSQL tells."""

from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command

from platform_core.materials.jobs import first_tables

from . import worlds
from .worlds import ask

pytestmark = pytest.mark.servers

COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, is_nullable, is_identity
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""


def migrate() -> None:
    call_command("migrate", verbosity=0)


def lay_out() -> None:
    first_tables.lay_out()


def described(folder, deed) -> dict[str, list]:
    folder.mkdir()
    with (
        worlds.production(folder, deed) as environment,
        closing(psycopg2.connect(environment["DATABASE_URL"])) as database,
    ):
        return {question: ask(database, question) for question in (COLUMNS, INDEXES, CONSTRAINTS)}


def test_the_migrations_lead_to_the_tables_of_the_models(tmp_path):
    assert described(tmp_path / "migrated", migrate) == described(tmp_path / "laid-out", lay_out)
