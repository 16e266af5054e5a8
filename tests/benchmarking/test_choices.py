"""Everything that can be chosen is known to the statistics."""

from pathlib import Path

import pytest

from benchmarking import choices, freezing, recipes, varying
from benchmarking.presets import PRESETS
from benchmarking.recipes import preset, recipe_of
from benchmarking.statistics import methods as statistics

FAMILIES = {
    "imputation": choices.IMPUTATION,
    "treatment": choices.TREATMENT,
    "normalisation": choices.NORMALISATION,
    "weights": choices.WEIGHTS,
    "aggregation": choices.AGGREGATION,
}


TOLD = {"sd": "sd:2.5", "distance_to_reference": "distance_to_reference:AT13", "power": "power:0.5"}


@pytest.mark.parametrize("step", FAMILIES)
def test_every_choice_is_known_to_the_statistics(step):
    read = {code: statistics.read(step, TOLD.get(code, code)).name for code in FAMILIES[step] if code != "budget"}

    assert read == {code: code.partition(":")[0] for code in read}


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        ("normalisation", "distance_to_reference:AT13", "Distance to one region (AT13)"),
        ("aggregation", "power:0.5", "Power mean (0.5)"),
        ("weights", "bod:0.1:0.4", "Benefit of the doubt (0.1–0.4)"),
        ("weights", "bod", "Benefit of the doubt"),
        ("weights", "nothing:1", "nothing:1"),
    ],
)
def test_what_belongs_to_a_method_is_named_with_it(step, code, words):
    assert choices.name_of(FAMILIES[step], code) == words


def test_the_version_of_the_code_is_of_all_that_computes():
    for module in (recipes, freezing):
        here = Path(module.__file__).parent
        assert [name for name in module.COMPUTING if not (here / name).is_file()] == []
    assert set(recipes.COMPUTING) == {
        "computing.py",
        "freezing.py",
        "recipes.py",
        "results.py",
        "robustness.py",
        "selectors/data.py",
    }


@pytest.mark.parametrize("code", PRESETS)
def test_no_preset_clashes_with_itself(code):
    begun = preset(code)

    assert varying.clashes(begun["recipe"], begun["robustness"], []) == {}


@pytest.mark.parametrize(
    ("recipe", "chosen", "names"),
    [
        ({"normalisation": "zscore:0:1"}, {"aggregation": ["power:2"]}, ["aggregation"]),
        ({"normalisation": "minmax:0:100"}, {"aggregation": ["power:2"]}, []),
        (
            {"normalisation": "minmax:0:100", "aggregation": ["power:2"]},
            {"normalisation": ["zscore:0:1"]},
            ["normalisation"],
        ),
        ({"normalisation": "minmax:0:100", "weights": "bod", "aggregation": ["gmean"]}, {}, []),
        (
            {"normalisation": "minmax:0:100", "weights": "bod"},
            {"aggregation": ["gmean"]},
            ["aggregation"],
        ),
    ],
)
def test_what_would_fail_in_the_job_is_said_before(recipe, chosen, names):
    assert list(varying.clashes(recipe, chosen, [])) == names


@pytest.mark.parametrize("code", PRESETS)
def test_every_preset_is_a_recipe_of_choices_offered(code):
    begun = preset(code)["recipe"]

    assert recipe_of(begun).screen == begun["screen"]
    assert {step: begun[step] in found for step, found in FAMILIES.items() if step != "aggregation"} == dict.fromkeys(
        ("imputation", "treatment", "normalisation", "weights"), True
    )
    assert set(begun["aggregation"]) <= set(choices.AGGREGATION)
