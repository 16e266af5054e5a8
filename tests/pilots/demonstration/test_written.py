"""The mechanisms, policy changes and peer reviews of the demonstration, as they are written down."""

import json
from pathlib import Path

from pilots import contents
from pilots.demonstration import changes, reviews
from pilots.demonstration.mechanisms import FILE
from repository.demonstration import FILES, read

ROWS = json.loads(Path(FILE).read_text(encoding="utf-8"))


def test_one_for_each_topic_and_one_across_departments():
    assert sorted(row["group"] for row in ROWS if not row["is_cross_department"]) == [1, 2, 3, 4, 5, 6]
    assert sum(row["is_cross_department"] for row in ROWS) == 1


def test_every_recommendation_of_the_strategy_is_the_basis_of_one():
    filed = {row["code"] for name in FILES for row in read(name)}
    cited = {code for row in ROWS for code in row["evidence"]}

    assert (cited - filed, {row["code"] for row in read("recommendations")} - cited) == (set(), set())


def test_each_is_wholly_written():
    assert [name for row in ROWS for name in contents.TEXTS if not row[name].strip()] == []
    assert [row["title"] for row in ROWS if not all(row["terms"].get(scheme) for scheme in contents.SCHEMES)] == []


def test_changes_and_reviews_told_after_the_brief_lead_to_its_records():
    learned, about = (json.loads(room.FILE.read_text(encoding="utf-8")) for room in (changes, reviews))
    brief = {row["code"] for row in read("brief")}

    assert [row["learned"] for row in learned] == [
        ["gp-itc1-seven-clusters-for-the-strategy"],
        ["link-dk-strategic-use-of-design"],
    ]
    assert [sorted({*row["about"]} & brief) for row in about] == [["report-hu22-health-to-rehabilitation"], []]
    assert {code for row in learned for code in row["learned"]} - brief == set()
