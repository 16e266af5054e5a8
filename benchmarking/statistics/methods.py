"""The methods of every step: their names and what they are told. The numbers here are the defaults of their arguments."""

from collections.abc import Callable

from . import notation
from .notation import NUMBER, TEXT
from .problems import StatisticsError

METHODS: dict[str, dict[str, tuple]] = {
    "imputation": {
        "none": (),
        "mean": (),
        "median": (),
        "mean_group": (TEXT,),
        "median_group": (TEXT,),
        "within_aggregate": (),
        "linear": (),
    },
    "treatment": {"none": (), "winsorise": (None,), "log": (), "boxcox": (None,), "sd": (NUMBER,)},
    "normalisation": {
        "none": (),
        "minmax": (0.0, 100.0),
        "scaled": (0.0, 100.0, 100.0),
        "zscore": (0.0, 1.0),
        "rank": (),
        "percentile": (),
        "borda": (),
        "distance_to_max": (),
        "distance_to_target": ("",),
        "distance_to_reference": (TEXT, ""),
        "fraction_of_max": (),
        "goalposts": (),
    },
    "weights": {
        "original": (),
        "equal": (),
        "given": (),
        "pca": (),
        "entropy": (),
        "optimised": (),
        "bod": (0.0, 1.0),
    },
    "aggregation": {
        "amean": (),
        "gmean": (),
        "hmean": (),
        "power": (NUMBER,),
        "median": (),
        "ampi": ("-",),
        "copeland": (),
    },
}
RANGES: dict[tuple[str, str], Callable[..., bool]] = {
    ("treatment", "winsorise"): lambda *most: all(number >= 0 and number.is_integer() for number in most),
    ("treatment", "sd"): lambda k: k > 0,
    ("normalisation", "minmax"): lambda low, high: low < high,
    ("normalisation", "scaled"): lambda low, high, factor: low != high,
    ("normalisation", "zscore"): lambda mean, deviation: deviation > 0,
    ("normalisation", "distance_to_target"): lambda cap: cap in ("", "cap"),
    ("normalisation", "distance_to_reference"): lambda unit, cap: unit != "" and cap in ("", "cap"),
    ("imputation", "mean_group"): lambda column: column != "",
    ("imputation", "median_group"): lambda column: column != "",
    ("weights", "bod"): lambda low, high: 0 <= low < high <= 1,
    ("aggregation", "power"): lambda power: power != 0,
    ("aggregation", "ampi"): lambda penalty: penalty in ("-", "+"),
}


def read(step, text):
    """The method of a step as text, checked: `read("normalisation", "minmax:1:100")`."""
    found = notation.read(text, METHODS[step], step)
    fits = RANGES.get((step, found.name))
    if fits and not fits(*found.arguments):
        form = notation.shown(found.name, METHODS[step][found.name])
        raise StatisticsError("wrong_arguments", step=step, value=str(text), form=form)
    return found
