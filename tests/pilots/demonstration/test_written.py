"""The seven mechanisms of the demonstration, as they are written down."""

import json
from pathlib import Path

from pilots import contents
from pilots.demonstration.mechanisms import FILE
from repository.demonstration import read

ROWS = json.loads(Path(FILE).read_text(encoding="utf-8"))


def test_one_for_each_topic_and_one_across_departments():
    assert sorted(row["group"] for row in ROWS if not row["is_cross_department"]) == [1, 2, 3, 4, 5, 6]
    assert sum(row["is_cross_department"] for row in ROWS) == 1


def test_every_recommendation_of_the_strategy_is_the_basis_of_one():
    filed = {row["code"] for name in ("recommendations", "practices") for row in read(name)}
    cited = {code for row in ROWS for code in row["evidence"]}

    assert (cited - filed, {row["code"] for row in read("recommendations")} - cited) == (set(), set())


def test_each_is_wholly_written():
    assert [name for row in ROWS for name in contents.TEXTS if not row[name].strip()] == []
    assert [row["title"] for row in ROWS if not all(row["terms"].get(scheme) for scheme in contents.SCHEMES)] == []
