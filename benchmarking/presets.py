"""What a benchmark can begin with: whole recipes, each with how its robustness is tried."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "simple": {
        "recipe": {
            "screen": 0.65,
            "imputation": "none",
            "treatment": "none",
            "normalisation": "minmax:0:100",
            "weights": "equal",
            "aggregation": ["amean"],
        },
        "robustness": {"runs": 500, "top": 10, "weights": 25, "normalisation": [], "treatment": [], "aggregation": []},
    },
    "default": {
        "recipe": {
            "screen": 0.65,
            "imputation": "mean_group:country",
            "treatment": "winsorise:5",
            "normalisation": "minmax:1:100",
            "weights": "original",
            "aggregation": ["amean"],
        },
        "robustness": {
            "runs": 1000,
            "top": 10,
            "weights": 25,
            "normalisation": ["rank"],
            "treatment": ["none"],
            "aggregation": ["gmean"],
        },
    },
    "robust": {
        "recipe": {
            "screen": 0.8,
            "imputation": "median_group:country",
            "treatment": "winsorise:5",
            "normalisation": "minmax:1:100",
            "weights": "original",
            "aggregation": ["amean", "gmean"],
        },
        "robustness": {
            "runs": 5000,
            "top": 10,
            "weights": 50,
            "normalisation": ["rank"],
            "treatment": ["none"],
            "aggregation": ["gmean"],
        },
    },
}
PRESET_NAMES = {
    "default": _("Usual: outliers treated, min–max, weighted means; uncertainty over the choices that matter"),
    "simple": _("Simple: min–max and plain means, as in the Regional Innovation Scoreboard"),
    "robust": _("Strict: stricter about gaps, balance rewarded at the top, much varied"),
}
