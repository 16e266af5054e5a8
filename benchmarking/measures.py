"""Measures, thresholds and distances in the reader's words."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.ui.components.numbers import in_words

from .models import PeerStudy
from .statistics.editions import EVERYWHERE, OURS, PUBLISHED, SECTOR, SMALL, TOP, Threshold

NAMES = {
    "size": gettext_lazy("Size"),
    "specialisation": gettext_lazy("Specialisation"),
    "focus": gettext_lazy("Focus"),
    "productivity": gettext_lazy("Productivity"),
    SMALL: gettext_lazy("Small cells"),
}
MEANINGS = {
    "size": gettext_lazy("people employed, held against the same sector in other regions"),
    "specialisation": gettext_lazy("location quotient: the sector's share of the region over its share of all regions"),
    "focus": gettext_lazy("the sector's share of all who are employed in the region"),
    "productivity": gettext_lazy("output for each person employed, 1 as in the sector of all regions together"),
    SMALL: gettext_lazy("with fewer people employed a sector is no strength, whatever its quotient"),
}
ORIGINS = {
    PUBLISHED: gettext_lazy("seen in the source"),
    "reported": gettext_lazy("quoted elsewhere, not checked in the source"),
    OURS: gettext_lazy("set by us"),
}
TREATMENTS = {
    "log": gettext_lazy("logarithm, because of a few very large values"),
    "log_mirrored": gettext_lazy("mirrored logarithm, because of a few very small values"),
}
PROVENANCES = {
    "national": gettext_lazy("the country's figure, put on its regions"),
    "recoded": gettext_lazy("brought under a former code of the region"),
}


def measure_names() -> dict[str, str]:
    return {code: str(name) for code, name in NAMES.items()}


def distance_names() -> dict[str, str]:
    return {code: str(name) for code, name in PeerStudy.Distance.choices}


def rule_in_words(threshold: Threshold) -> str:
    if threshold.rule == TOP:
        share = {"share": in_words(100 * threshold.value)}
        if threshold.scope == SECTOR:
            return _("among the highest %(share)s %% of the regions in the sector") % share
        if threshold.scope == EVERYWHERE:
            return _("among the highest %(share)s %% of all cells") % share
    if threshold.measure == "focus":
        return _("at least %(share)s %%") % {"share": in_words(100 * threshold.value)}
    return _("at least %(value)s") % {"value": in_words(threshold.value)}


def threshold_rows(thresholds: Iterable[Threshold]) -> list[list[Any]]:
    """For a table: measure, what it is, rule, where the value comes from."""
    return [[NAMES[one.measure], MEANINGS[one.measure], rule_in_words(one), ORIGINS[one.origin]] for one in thresholds]


def pair_in_words(pair: str) -> str:
    one, other = pair.split("-")
    names = distance_names()
    return _("%(one)s and %(other)s") % {"one": names[one], "other": names[other]}


def percent(share: float | None) -> str:
    return "–" if share is None else f"{in_words(100 * share)}\u00a0%"


def quotient(value: float | None) -> str:
    """With two decimals, as quotients and factors are read."""
    return "–" if value is None else in_decimals(value, 2)


def in_decimals(value: float | None, decimals: int) -> str:
    if value is None:
        return "–"
    return number_format(round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True)
