"""A site with one consultation that asks in every way there is, and the addresses that lead into it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import ROOT

from . import sites

FILING = "from tests.factories.questionnaires import write_doors; write_doors({!r})"


@contextmanager
def asking(demonstration: Path, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the site, and those of its doors without their language."""
    data, doors = folder / "data", folder / "doors.json"
    shutil.copytree(demonstration, data)
    filing = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", FILING.format(str(doors))]
    subprocess.run(filing, cwd=ROOT, env=sites.environment(data), check=True)
    with sites.served(data) as address:
        yield address, json.loads(doors.read_text(encoding="utf-8"))


def given(page) -> dict[str, str]:
    """Questions with their answers in words, on the review page and on the receipt."""
    rows = page.locator("dl.long > div")
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows.all()}
