"""Django's SQLite, whose writers of one process wait in line.

SQLite has one writer at a time and lets the others sleep and try again, whoever came first: with eight threads the
slowest waited a hundred times as long as the median. The file is called what Django calls a database engine's.
"""

from django.db.backends.sqlite3 import base as sqlite
from django.db.utils import OperationalError

from platform_core.materials.jobs.turns import line_of


class DatabaseWrapper(sqlite.DatabaseWrapper):
    has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self.end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self.end_turn()

    def take_turn(self) -> None:
        if not line_of(self.settings_dict["NAME"]).join(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self.has_turn = True

    def end_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            line_of(self.settings_dict["NAME"]).leave()
