import numpy as np
import pandas as pd

from consultations.statistics.coding import Agreement, code_agreement, kappa


def coded(table):
    """Two lists of codes from a table of how often the coders gave which."""
    table = np.asarray(table)
    rows, columns = np.indices(table.shape)
    return np.repeat(rows.ravel(), table.ravel()), np.repeat(columns.ravel(), table.ravel())


def test_kappa_of_two_readers():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: agreement 0.7, chance 0.5, kappa 0.4.
    found = kappa(*coded([[20, 5], [10, 15]]))
    assert (found.base, found.observed, round(found.kappa, 10)) == (50, 0.7, 0.4)


def test_kappa_of_fleiss_cohen_and_everitt():
    # The example of Psychol. Bull. 72 (1969): proportions of 200, kappa 0.429, variance 0.002885.
    found = kappa(*coded([[106, 10, 4], [22, 28, 10], [2, 12, 6]]))
    assert round(found.kappa, 3) == 0.429
    assert round(((found.high - found.low) / 2 / 1.959964) ** 2, 6) == 0.002885


def test_full_agreement_is_one():
    found = kappa(["a", "b", "a"], ["a", "b", "a"])
    assert (found.observed, found.kappa) == (1.0, 1.0)


def test_one_code_throughout_says_nothing():
    assert kappa(["a", "a"], ["a", "a"]) == Agreement(2, 1.0)
    assert kappa([None, "a"], ["a", None]) == Agreement(0, None)


def test_texts_either_left_out_do_not_count():
    assert kappa(["a", "b", None, "a"], ["a", "b", "a", None]).base == 2


def test_several_codes_are_compared_one_by_one():
    first = pd.DataFrame({"money": [True, True, False, False], "skills": [True, False, True, False]})
    second = pd.DataFrame({"money": [True, True, False, False], "skills": [False, True, False, True]})
    found = code_agreement(first, second)
    assert {code: agreement.kappa for code, agreement in found.items()} == {"money": 1.0, "skills": -1.0}
