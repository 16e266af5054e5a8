import pytest

from benchmarking.freezing import digest


def test_the_order_of_names_makes_no_difference_that_of_values_does():
    """Hashes that are stored already: the function never changes."""
    assert digest({"b": [1, 2.5], "a": "Güte"}) == digest({"a": "Güte", "b": [1, 2.5]})
    assert digest({"b": [1, 2.5], "a": "Güte"}) == "c583934f964761391fd5f795c926a82df19442e392450d1f70f44e868f7a8572"
    assert digest([1, 2]) != digest([2, 1])


def test_what_is_no_figure_has_none():
    with pytest.raises(ValueError, match="not JSON compliant"):
        digest([float("nan")])
