"""What every journey stands on: a demonstration of its own, a server on it, and Chromium."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.servers import chromium_program

from . import sites
from .browsing import QUIET, Browsing


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, worker_id):
    """One for all workers of a parallel run."""
    own = tmp_path_factory.getbasetemp()
    return sites.prepared_once(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="module")
def site(demonstration, tmp_path_factory):
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration, data)
    with sites.served(data) as address:
        yield address


# Not for the whole session: while Playwright runs, Django takes the thread for one of asyncio's and refuses its database.
@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium, site):
    windows = Browsing(chromium, site)
    yield windows
    windows.close()
