"""Numbers for people (localised) and for drawings (plain)."""

from functools import lru_cache
from numbers import Real
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language

SHORT = 1000  # whole numbers below it are written alike in every language


def in_words(value: Any) -> str:
    """Localised, whole numbers grouped, at most one decimal; what is no number stays as it is."""
    if not isinstance(value, Real) or isinstance(value, bool) or (type(value) is int and abs(value) < SHORT):
        return str(value)
    return localised(round(float(value), 1), get_language())


@lru_cache(maxsize=4096)
def localised(value: float, language: str | None) -> str:
    return number_format(value, decimal_pos=0 if value.is_integer() else 1, use_l10n=True, force_grouping=True)


def with_unit(value: Any, unit: str) -> str:
    return f"{in_words(value)}\u00a0{unit}" if unit else in_words(value)


def share_of(value: Any, maximum: Any) -> int | None:
    """Whole percent of the maximum, between 0 and 100; None where there is nothing to compare."""
    if not isinstance(value, Real) or not isinstance(maximum, Real) or not maximum:
        return None
    return max(0, min(100, round(100 * float(value) / float(maximum))))


def plain(value: float) -> str:
    """For SVG and CSS, where a decimal comma would be an error."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
