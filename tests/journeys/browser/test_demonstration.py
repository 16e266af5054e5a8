"""The demonstration that the journeys walk through, as the program loads it."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import DemoAccount

from . import sites

pytestmark = pytest.mark.browser


def test_it_holds_its_accounts_and_loaded_again_changes_nothing(demonstration, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(demonstration, data)
    with closing(sqlite3.connect(data / "clusterpolisee.sqlite3")) as database:
        held = {email for (email,) in database.execute("SELECT email FROM accounts_user")}

    assert {account.email for account in declared(DemoAccount)} - held == set()
    assert sites.manage(data, "load_demonstration") == ""
