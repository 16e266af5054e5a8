"""Letters in drawings, and numbers as people write them."""

from functools import lru_cache
from math import isfinite

from django.utils.formats import number_format
from django.utils.translation import get_language

from platform_core.ground.ui.lettering import cut, fits, measure, wrapped

__all__ = ["cut", "decimals", "figure", "fits", "localised", "measure", "wrapped"]


def decimals(value: float) -> int:
    """Three digits that count, whatever the size of the number."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return 0
    return 1 if size >= 10 else 2 if size >= 0.1 else 3 if size >= 0.001 else 5


def figure(value: float | None, places: int | None = None) -> str:
    if value is None or not isfinite(value):
        return "–"
    return localised(float(value), decimals(value) if places is None else places, get_language())


@lru_cache(maxsize=8192)
def localised(value: float, places: int, language: str | None) -> str:
    return number_format(round(value, places), decimal_pos=places, use_l10n=True, force_grouping=True).replace("-", "−")
