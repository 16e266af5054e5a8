"""Fixtures for every test: reference rows, the cast, a clean cache, files in a folder of their own, no ERROR in the log."""

import logging
import os
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as program
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.commands import migrate
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.jobs.first_tables import lay_out
from platform_core.programme.monitoring import counting
from platform_core.programme.search.backends import backend
from tests.people import Cast
from tests.servers import own_redis_url
from tests.stage import Stage, wants_cast

STAGE = Stage()


def pytest_configure(config):
    """Every worker has its own folder, its own Redis number, and prefixes of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "master")
    data = Path(os.environ.get("DATA_DIR") or tempfile.mkdtemp(prefix="clusterpolisee-tests-"))
    program.DATABASES["default"].setdefault("TEST", {})
    if program.EMBEDDED:
        program.DATABASES["default"]["TEST"]["NAME"] = str(data / "tests.sqlite3")
    program.REQUIRE_SECOND_STEP = False  # the cast signs in by password alone; see access/test_second_step.py
    program.WHITENOISE_AUTOREFRESH = True  # static files are looked up when asked for, not listed for every client
    program.MEDIA_ROOT, program.AUDIT_ANCHOR = data / worker / "media", data / worker / "anchor.jsonl"
    if program.REDIS_URL:
        url = own_redis_url(program.REDIS_URL, worker)
        program.REDIS_URL = program.CELERY_BROKER_URL = program.CACHES["default"]["LOCATION"] = url
        program.CACHES["default"]["KEY_PREFIX"] = program.CELERY_TASK_DEFAULT_QUEUE = f"tests-{worker}"


class FromModels(migrate.Command):
    """`migrate` for databases that nobody keeps."""

    def handle(self, *args, **options):
        lay_out()


@pytest.fixture(scope="session")
def django_db_use_migrations():
    """Read by `django_db_setup` first of all; the command is then looked up by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "Command", FromModels)
        yield True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_reference")
    STAGE.is_ready = True
    yield
    with django_db_blocker.unblock():
        STAGE.close()


def pytest_collection_modifyitems(config, items):
    """Long ones with servers first; in every file those with the cast first, so that it is gathered once."""
    if "database" in config.option.markexpr and not os.environ.get("THOROUGH"):
        left_out = repetitions(items)
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    files = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (not item.get_closest_marker("servers"), files[item.path], not wants_cast(item)))


def repetitions(items) -> set:
    """What another engine answers like the first and the last set of a test's parameters."""
    sets: dict[tuple, list] = {}
    for item in items:
        sets.setdefault((item.path, item.originalname), []).append(item)
    return {item for rows in sets.values() for item in rows[1:-1]}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if STAGE.is_ready:  # the first test sets the database up
        with item.config.stash[blocking_manager_key].unblock():
            STAGE.set_for(item)


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """Files and anchor stay inside the test, passwords are hashed fast, and every test begins in English."""
    translation.activate("en")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.AUDIT_ANCHOR = tmp_path / "anchor.jsonl"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.USAGE_SECONDS = settings.CONSULTATION_SECONDS_PER_QUESTION = 0
    settings.CONSULTATION_SENDS_PER_DEVICE = 1000
    counting.waiting.clear()
    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test leaves a flushed database behind; whatever runs next finds the reference rows again."""
    yield
    if nextitem is not None and is_transactional(item):  # after the last one the database is gone
        with item.config.stash[blocking_manager_key].unblock():
            ContentType.objects.clear_cache()
            ContentType.objects.get_for_models(*apps.get_models())
            vocabulary.forget()
            backend().execute("DELETE FROM search_entry_words")  # no models' tables: a flush leaves them
            backend().execute("DELETE FROM search_page_words")
            call_command("load_reference")


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    return bool(
        {"transactional_db", "live_server"} & set(item.fixturenames) or (marker and marker.kwargs.get("transaction"))
    )


@pytest.fixture(autouse=True)
def quiet_log(request, caplog):
    """A test in which something is logged as ERROR fails, unless it is marked `logs_errors`."""
    yield
    if not request.node.get_closest_marker("logs_errors"):
        errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
        assert errors == []


@pytest.fixture
def people(db) -> Cast:
    return STAGE.people()
