from platform_core.ground.ui.components.charts import left_of_middle, shade, top_of
from platform_core.ground.ui.components.maps import key_of, limits, spread
from platform_core.ground.ui.components.numbers import in_words, share_of


def test_the_neutral_answer_stands_astride_the_middle():
    assert left_of_middle([10, 20, 30, 25, 15]) == 45
    assert left_of_middle([10, 20, 40, 30]) == 30


def test_scales_of_any_length_get_their_shades():
    assert [shade(index, 5) for index in range(5)] == ["disagree-2", "disagree-1", "neutral", "agree-1", "agree-2"]
    assert [shade(index, 2) for index in range(2)] == ["disagree-1", "agree-1"]


def test_suppressed_bars_do_not_stretch_the_scale():
    assert top_of([{"value": 3, "high": 5}, {"value": 90, "suppressed": True}]) == 5


def test_a_count_of_nothing_has_a_shade_of_its_own():
    ends = limits([0, 0, 0, 1, 2, 3, 4, 5, 6, 12])
    assert ends[0] == 0
    assert len(ends) == 5
    assert ends[-1] == 12


def test_the_key_names_what_was_found():
    values = [0, 1, 1, 2, 3, 4, 7, 12]
    assert [words for _, words in key_of(values, limits(values))] == ["0", "1", "2 to 3", "4 to 7", "12"]


def test_a_map_is_cut_to_its_regions():
    assert spread([{"column": 7}, {"column": 9}], "column") == (7, 3)


def test_numbers_in_words():
    assert [in_words(value) for value in (0, 1234.0, 12.34, "more than 1,000")] == [
        "0",
        "1,234",
        "12.3",
        "more than 1,000",
    ]


def test_shares_stay_between_nothing_and_all():
    assert [share_of(*pair) for pair in ((13, 23), (30, 23), (1, 0), (1, None), ("?", 5))] == [
        57,
        100,
        None,
        None,
        None,
    ]
