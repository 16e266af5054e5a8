"""Everything that can be chosen is known to the statistics."""

import pytest

from benchmarking import choices
from benchmarking.recipes import preset, recipe_of
from benchmarking.statistics import methods as statistics

FAMILIES = {
    "imputation": choices.IMPUTATION,
    "treatment": choices.TREATMENT,
    "normalisation": choices.NORMALISATION,
    "weights": choices.WEIGHTS,
    "aggregation": choices.AGGREGATION,
}


@pytest.mark.parametrize("step", FAMILIES)
def test_every_choice_is_known_to_the_statistics(step):
    read = {code: statistics.read(step, code).name for code in FAMILIES[step] if code != "budget"}

    assert read == {code: code.partition(":")[0] for code in read}


@pytest.mark.parametrize("code", choices.PRESETS)
def test_every_preset_is_a_recipe_of_choices_offered(code):
    begun = preset(code)["recipe"]

    assert recipe_of(begun).screen == begun["screen"]
    assert {step: begun[step] in found for step, found in FAMILIES.items() if step != "aggregation"} == dict.fromkeys(
        ("imputation", "treatment", "normalisation", "weights"), True
    )
    assert set(begun["aggregation"]) <= set(choices.AGGREGATION)
