import math

import pytest

from benchmarking.imports.figures import decimal_sign, read_figures, tidy_flag


def one(text, decimal="."):
    figures = read_figures([text], decimal)
    value = float(figures.value[0])
    return None if math.isnan(value) else value, figures.flag[0], bool(figures.is_wrong[0]), bool(figures.is_empty[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.3", (12.3, "", False, False)),
        ("12.3 bp", (12.3, "bp", False, False)),
        ("12.3b", (12.3, "b", False, False)),
        ("-1.5e-3", (-0.0015, "", False, False)),
        ("1,234.5", (1234.5, "", False, False)),
        ("1 234", (1234.0, "", False, False)),
        (":", (None, ":", False, False)),
        (": c", (None, ":c", False, False)),
        ("NA", (None, ":", False, False)),
        ("", (None, "", False, True)),
        ("about 5", (None, "", True, False)),
        ("1.2.3", (None, "", True, False)),
        ("12,34.5", (None, "", True, False)),
        ("inf", (None, "", True, False)),
    ],
)
def test_figures_with_a_point(text, expected):
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5", (12.5, "", False, False)),
        ("1.234,5 e", (1234.5, "e", False, False)),
        ("1,2,3", (None, "", True, False)),
    ],
)
def test_figures_with_a_comma(text, expected):
    assert one(text, ",") == expected


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (["12,5", "3,25"], ","),
        (["12,5", "3.2"], "."),
        (["1,234", "2,345"], "?"),
        (["1,234", "2,3"], ","),
        (["1,234.5"], "."),
        (["12", ":"], "."),
    ],
)
def test_decimal_sign(words, sign):
    assert decimal_sign(words) == sign


def test_flags_are_put_in_order():
    assert [tidy_flag(text) for text in ("p b", "BP", ":", "c, u", "")] == ["bp", "bp", ":", "cu", ""]
