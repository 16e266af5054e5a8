"""The methods that have a page of their own, in words."""

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

STEPS = {
    "coverage": (_("Coverage and denominators"), _("Who and what is compared, and by what figures are divided.")),
    "imputation": (_("Missing values"), _("What stands where nothing was measured, and how it is marked.")),
    "outliers": (_("Outliers"), _("Keeps a few extreme values from deciding everything.")),
    "normalisation": (_("Normalisation"), _("Brings figures of different kinds to one scale.")),
    "weights": (_("Weights"), _("How much each part counts, and who says so.")),
    "benefit": (_("Benefit of the doubt"), _("Every region is judged by the weights that suit it best.")),
    "aggregation": (_("Aggregation"), _("From indicators to one figure, and what may make up for what.")),
    "coherence": (_("Coherence"), _("Whether the parts of a composite belong together.")),
    "uncertainty": (_("Uncertainty"), _("How far a rank hangs on the choices that were made.")),
    "sensitivity": (_("Sensitivity"), _("Which choice moves the ranks.")),
}
OTHERS = {
    "nuts": (_("Codes of regions"), _("What happens to figures when regions change.")),
    "peers": (_("Structural peers"), _("Which regions are like one, before anything is judged.")),
    "clusters": (_("Cluster mapping"), _("In what a region is specialised, and how strongly.")),
    "shift_share": (_("Shift-share"), _("What of growth is the country's, the sector's and the region's own.")),
    "policy": (_("Benchmark of policies"), _("Measures judged by a published grid and two raters.")),
    "swot": (_("Strengths, weaknesses, opportunities, threats"), _("Entries with evidence, by topic and region.")),
    "excellence": (_("Excellence of cluster management"), _("Levels of cluster organisations, verified.")),
}


def rows(methods: Mapping[str, tuple]) -> list[tuple]:
    """(address, title, lead) of the methods that have a page."""
    return [(address, *words) for code, words in methods.items() if (address := address_of(code))]


def address_of(code: str) -> str:
    try:
        return reverse(f"benchmarking:method_{code}")
    except NoReverseMatch:
        return ""
