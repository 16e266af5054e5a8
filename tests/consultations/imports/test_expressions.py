import pytest

from consultations.imports.expressions import ExpressionError, Reference, condition

YES_NO = {"Y": "Y", "N": "N"}
NAMES = {
    "q": Reference("q", "single", values=YES_NO),
    "n": Reference("n", "number"),
    "m": Reference("m", "multiple", values={"a": "a"}),
    "m_a": Reference("m", "multiple", option="a"),
    "g_r": Reference("g", "matrix", row="r", values=YES_NO),
    "t": Reference("t", "text"),
}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("1", None),
        ('q.NAOK == "Y"', {"eq": ["q", "Y"]}),
        ("q eq 'Y' && n gt 3", {"all": [{"eq": ["q", "Y"]}, {"gt": ["n", 3]}]}),
        ("3 < ${n}", {"gt": ["n", 3]}),
        ("n == 2.5", {"all": [{"ge": ["n", 2.5]}, {"le": ["n", 2.5]}]}),
        ('q != "Y"', {"not": {"eq": ["q", "Y"]}}),
        ('t != ""', {"answered": "t"}),
        ("!is_empty(t.NAOK)", {"answered": "t"}),
        ('m_a == "Y"', {"in": ["m", "a"]}),
        ("selected(${m}, ‘a’)", {"in": ["m", "a"]}),
        ('g_r == "N"', {"eq": ["g.r", "N"]}),
        (
            '(q == "Y" or q == "N") and n >= 0',
            {"all": [{"any": [{"eq": ["q", "Y"]}, {"eq": ["q", "N"]}]}, {"ge": ["n", 0]}]},
        ),
        ("count-selected(${m}) > 0", {"answered": "m"}),
        ("not(n < 2)", {"not": {"lt": ["n", 2]}}),
    ],
)
def test_conditions_become_trees(text, tree):
    assert condition(text, NAMES) == tree


@pytest.mark.parametrize(
    "text",
    [
        *(
            'q == "X"',
            "unknown == 1",
            "q > 2",
            "regex(${t}, '.*')",
            "(n > 1",
            "n >",
            "n > 1 )",
            "n + 1 > 2",
            "t = 'abc'",
        ),
        *("#", "((" * 400 + "n" + "))" * 400, "!" * 400 + "n", "n" * 6000, "n == q", "'a'"),
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(ExpressionError):
        condition(text, NAMES)
