import pytest

from benchmarking.readings.workbook import parts, unused
from benchmarking.selectors import readings as selectors
from tests.factories import readings as factory


@pytest.mark.parametrize(
    ("name", "taken", "used"),
    [
        ("Данни", [], "Данни"),
        ("Данни", ["Данни"], "Данни 2"),
        ("data", ["Data", "DATA 2"], "data 3"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["X" * 31], "x" * 28 + " 2"),
    ],
)
def test_two_sheets_never_bear_one_name(name, taken, used):
    assert unused(name, taken) == used


@pytest.mark.django_db
def test_parts_have_their_ranks_with_intervals():
    run = factory.run(regions=3)
    area = run.areas.get(rank=2)
    nodes = [node for node in selectors.nodes(run) if node.code == "money"]

    head, row = parts([area], nodes)

    assert head[-3:] == ["Rank", "Best likely rank", "Worst likely rank"]
    score = area.profile["nodes"]["money"]["score"]
    assert row == [area.code, area.called, "Money", score, 2.0, 1.0, 3.0]
