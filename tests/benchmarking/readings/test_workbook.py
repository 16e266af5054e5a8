import pytest

from benchmarking.readings.workbook import unused


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
