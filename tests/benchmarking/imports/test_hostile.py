"""Files that nobody means well, or that a broken program wrote: each is read or refused in words."""

import json

import numpy as np
import pytest

from benchmarking.imports.problems import UnreadableError
from benchmarking.imports.words import said

from .shared import cells, read
from .test_formats import JSON

HEAD = "geo,year,value\n"
PLACES = JSON["dimension"]


@pytest.mark.parametrize(
    "changed",
    [
        {"dimension": {"unit": "x", "geo": "y", "time": "z"}},
        {"dimension": {name: {"category": ["x"]} for name in PLACES}},
        {"dimension": PLACES | {"geo": {"category": {"index": {"AT12": "a", "AT11": 0}}}}},
        {"dimension": PLACES | {"geo": {"category": {"index": 5}}}},
        {"size": [True, 2, 2]},
        {"value": {"9" * 5000: 1}},
    ],
    ids=["words", "lists", "mixed", "number", "truth", "digits"],
)
def test_json_of_the_wrong_shape_is_refused(changed):
    with pytest.raises(UnreadableError) as problem:
        read(json.dumps(JSON | changed))
    assert said(problem.value.code, problem.value.told) == "The file is JSON, but no table in JSON-stat 2.0."


@pytest.mark.parametrize("figure", ["1e999", "-1e999", "inf", "9" * 400])
def test_what_is_larger_than_any_number_is_no_figure(figure):
    found = read(f"{HEAD}AT11,2019,1\nAT12,2019,{figure}\n")

    assert found.problems.counts == {"not_a_number": 1}
    assert not np.isinf(found.cells["value"]).any()


@pytest.mark.parametrize("header", ["geo,year," + "v" * 200_000, ",".join(f"c{n}" for n in range(2500))])
def test_an_endless_header_is_refused(header):
    with pytest.raises(UnreadableError) as problem:
        read(f"{header}\nAT11,2019,1\n")
    assert said(problem.value.code, problem.value.told) == (
        "The first line goes on and on: a table has at most 2000 columns. Are line breaks missing, or does the table"
        " lie on its side?"
    )


def test_lines_that_end_as_on_old_machines_are_read():
    assert cells(read(f"{HEAD}AT11,2019,1\nAT12,2019,2\n".replace("\n", "\r"))) == [
        ("AT11", 2019, 1.0, "", ""),
        ("AT12", 2019, 2.0, "", ""),
    ]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("freq,unit,geo\\TIME_PERIOD\t2019\t2019 ", "2019"),
        ("freq,freq,geo\\TIME_PERIOD\t2019\t2020", "freq"),
        ("freq,2019,geo\\TIME_PERIOD\t2019\t2020", "2019"),
    ],
)
def test_a_table_of_eurostat_with_a_column_twice_loses_nothing_in_silence(header, column):
    with pytest.raises(UnreadableError) as problem:
        read(f"{header}\nA,PC,AT11\t1\t2\n")
    assert (problem.value.code, problem.value.told) == ("column_twice", {"column": column})
