"""Measurements are run by hand; that they still fit the program is seen here."""

from importlib import import_module

import pytest

from .floors import ROOT

NAMES = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem not in {"__init__", "settings"})


@pytest.mark.parametrize("name", NAMES)
def test_every_module_can_be_read(name):
    assert import_module(f"benchmarks.{name}").__name__ == f"benchmarks.{name}"
