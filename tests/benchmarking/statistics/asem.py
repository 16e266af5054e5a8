"""The data set of Asian and European countries that comes with COINr, and what COINr 1.1.14 computes from it."""

import pandas as pd
import pytest

from tests.house.floors import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "asem"

needs_asem = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/asem is missing")


def table(name):
    return pd.read_csv(FOLDER / f"{name}.csv", skipinitialspace=True)


def data():
    return table("indicators").set_index("uCode").sort_index()


def metadata():
    return table("metadata")


def reference(name):
    return table(f"reference_{name}").set_index("uCode").astype(float)
