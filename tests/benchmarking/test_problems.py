import re
from pathlib import Path

import benchmarking
from benchmarking.problems import CAUTIONS, PROBLEMS, caution_text, problem_text
from benchmarking.statistics.cautions import Caution
from benchmarking.statistics.problems import StatisticsError

OWN_WORDS = {"pca_negative", "not_positive"}


def raised(pattern):
    files = (Path(benchmarking.__file__).parent / "statistics").glob("*.py")
    return {code for path in files for code in re.findall(pattern, path.read_text())}


def test_every_problem_has_words():
    codes = (
        raised(r'StatisticsError\(\s*"(\w+)"')
        | raised(r'refuse\(.*?, rows, "(\w+)"')
        | raised(r'spread\(.*?, "(\w+)"\)')
    )

    assert codes - OWN_WORDS - set(PROBLEMS) == set()


def test_every_caution_has_words():
    assert raised(r'Caution\("(\w+)"') - set(CAUTIONS) == set()


def test_a_problem_in_words():
    assert (
        problem_text(StatisticsError("not_a_share", step="screen", value=2))
        == "coverage of units: “2” is not a part between 0 and 1."
    )


def test_negative_loadings_are_explained():
    told = problem_text(StatisticsError("pca_negative", value="TBTs -0.443, NEET -0.460", more=2))

    assert told.startswith(
        "Principal components would give negative weights: TBTs -0.443, NEET -0.460 and 2 more. These indicators run against"
    )


def test_a_figure_a_mean_cannot_take():
    problem = StatisticsError("not_positive", row="AUS", column="Ship", value=0.0, node="Physical", method="gmean")

    assert problem_text(problem) == (
        "AUS has 0.0 in Ship. A geometric mean needs figures above 0: choose another normalisation, such as minmax:1:100."
    )


def test_a_mean_that_ampi_cannot_divide_by():
    problem = StatisticsError("not_positive", row="AUS", column="Physical", value=-0.5, node="Physical", method="ampi")

    assert problem_text(problem) == (
        "The mean of AUS in Physical is -0.5. The adjusted Mazziotta–Pareto index divides by it, so it has to be above 0: "
        "below, the penalty would be a reward. Choose another normalisation: minmax:70:130 is usual (Mazziotta and Pareto "
        "2016)."
    )


def test_a_caution_in_words():
    assert caution_text(Caution("many_first", {"share": 0.4})) == (
        "40% of the units share the first place: this composite does not tell them apart."
    )
