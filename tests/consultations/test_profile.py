"""Which audience an answer belongs to: one rule for results, open data and what was wanted."""

from collections import Counter

import pytest

from consultations import results
from consultations.exports.answers import Answers
from consultations.exports.opening import OpenData
from consultations.profile import audience_of
from consultations.selectors import opening
from tests.factories.consultations import consultation

from .exports.everything import part, question, send

AUDIENCES = [part("policy"), part("private"), part("manager")]
WHO = question("audience", "single", options=AUDIENCES[:2])
WAY = question("way", "single", options=[part("a"), part("b")])


@pytest.mark.parametrize(
    ("said", "link", "found"),
    [
        ("policy", "private", "policy"),
        (None, "private", "private"),
        ("", "private", "private"),
        (["policy"], "private", "private"),
        (None, "gone", ""),
        (None, "", ""),
        ("policy", "", "policy"),
    ],
)
def test_what_was_said_goes_before_the_link(said, link, found):
    assert audience_of(said, link, ["policy", "private"]) == found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [([WHO], {"policy": 25, "private": 15}), ([], {"policy": 10, "private": 20, "manager": 20})],
)
def test_results_open_data_and_what_was_given_agree_on_audiences(db, asked, expected):
    found = consultation(
        structure={
            "audiences": AUDIENCES,
            "sections": [{"code": "all", "title": {"en": "All"}, "questions": [*asked, WAY]}],
        },
        targets={"policy": 52, "private": 260},
    )
    said = {"policy": {"audience": "policy"}, "private": {"audience": "private"}, "": {}}
    for own, link, number in [
        ("policy", "policy", 10),
        ("policy", "private", 15),
        ("", "private", 5),
        ("private", "manager", 10),
        ("", "manager", 10),
    ]:
        for _person in range(number):
            send(found, {"way": "a", **(said[own] if asked else {})}, audience=link)
    rows = list(found.versions.get().responses.values_list(*results.COLUMNS))

    by_audience, _by_country, _by_type = opening.quotas(found)
    told = results.report_on(found, found.versions.get(), rows)["questions"]["audience"]["options"]
    opened = OpenData(Answers(found))
    in_rows = Counter(row[opened.names.index("audience")] for row in opened.rows())

    assert {option["code"]: option["count"] for option in told} == expected
    assert [quota.given for quota in by_audience] == list(expected.values())
    assert [quota.counted for quota in by_audience] == list(expected.values())
    assert {code: in_rows[code] for code in expected} == expected
