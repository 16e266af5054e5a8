"""The cast, gathered once for the tests that follow one another: each begins from the same rows and leaves none behind.

An outer transaction holds the cast with everything its events lead to; every test runs in a savepoint of its own inside
it. A test that wants the database without the cast, or with real transactions, ends it first.
"""

import copy

from django.db import connection, transaction
from django.test import override_settings

from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.identity.access.models import SecretLink
from tests.people import Cast, gather
from tests.settling import settle

DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
REAL = {"transactional_db", "live_server", "django_db_reset_sequences"}


class Stage:
    """`cast` is None while nobody stands on it; `is_ready` says that there is a database."""

    def __init__(self) -> None:
        self.is_ready = False
        self.cast: Cast | None = None
        self.holding: transaction.Atomic | None = None

    def set_for(self, item) -> None:
        """What a test needs before its own transaction begins."""
        if connection.closed_in_transaction:
            self.close()
        if wants_cast(item):
            self.open()
        elif wants_database(item):
            self.close()

    def open(self) -> None:
        if self.cast is None:
            self.holding = transaction.atomic()
            self.holding.__enter__()
            with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
                self.cast = gather()
            settle()
            for kind in (Notice, OutboxMail, SecretLink):  # what they were told is read and forgotten
                kind.objects.all().delete()

    def close(self) -> None:
        if self.holding is not None:
            transaction.set_rollback(True)
            self.holding.__exit__(None, None, None)
            self.cast = self.holding = None

    def people(self) -> Cast:
        return copy.deepcopy(self.cast) if self.cast else gather()


def wants_database(item) -> bool:
    return bool(DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db"))


def wants_cast(item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_real = REAL & set(item.fixturenames) or (marker and marker.kwargs.get("transaction"))
    return "people" in item.fixturenames and not is_real
