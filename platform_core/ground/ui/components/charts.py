"""Charts drawn by the server: every value in words, a table twin under each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from platform_core.ground.registry.kinds import Words

from .library import component
from .numbers import in_words, plain, with_unit

LABEL_FITS = 8


def interval_in_words(bar: Mapping[str, Any], unit: str) -> str:
    if bar.get("low") is None or bar.get("high") is None:
        return ""
    return gettext("%(low)s to %(high)s") % {
        "low": in_words(bar["low"]),
        "high": with_unit(bar["high"], unit),
    }


def count_in_words(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": in_words(count)}


def drawn_bar(bar: Mapping[str, Any], scale: float, unit: str) -> dict[str, Any]:
    line = {"label": bar["label"], "count": count_in_words(bar.get("count")), "suppressed": bool(bar.get("suppressed"))}
    if line["suppressed"] or bar.get("value") is None:
        return {**line, "suppressed": True}
    line |= {
        "value": with_unit(bar["value"], unit),
        "width": plain(100 * bar["value"] / scale),
        "interval": interval_in_words(bar, unit),
    }
    if line["interval"]:
        line |= {"low": plain(100 * bar["low"] / scale), "spread": plain(100 * (bar["high"] - bar["low"]) / scale)}
    return line


def top_of(bars: Sequence[Mapping[str, Any]]) -> float:
    figures = [bar.get(key) for bar in bars if not bar.get("suppressed") for key in ("value", "high")]
    return max([float(figure) for figure in figures if figure is not None], default=0) or 1


@component
def bar_chart(
    *,
    title: Words,
    bars: Sequence[Mapping[str, Any]],
    base: Words = "",
    note: Words = "",
    question: Words = "",
    unit: str = "%",
) -> dict[str, Any]:
    """Shares are drawn on a scale of 0 to 100, other units up to the longest bar."""
    scale = 100.0 if unit == "%" else top_of(bars)
    lines = [drawn_bar(bar, scale, unit) for bar in bars]
    return {
        "lines": lines,
        "with_intervals": any(line.get("interval") for line in lines),
        "with_counts": any(line["count"] for line in lines),
    }


def left_of_middle(shares: Sequence[float]) -> float:
    half, odd = divmod(len(shares), 2)
    return sum(shares[:half]) + (shares[half] / 2 if odd else 0)


def shade(index: int, size: int) -> str:
    """disagree-2 … neutral … agree-2, whatever the number of steps."""
    half, odd = divmod(size, 2)
    if odd and index == half:
        return "neutral"
    if index < half:
        return "disagree-2" if index == 0 and half > 1 else "disagree-1"
    return "agree-2" if index == size - 1 and half > 1 else "agree-1"


def drawn_answers(row: Mapping[str, Any], scale: Sequence[Words], left: float, whole: float) -> dict[str, Any]:
    line = {"label": row["label"], "base": count_in_words(row.get("base")), "suppressed": bool(row.get("suppressed"))}
    if line["suppressed"]:
        return line
    shares, start = row["shares"], left - left_of_middle(row["shares"])
    parts = []
    for index, share in enumerate(shares):
        parts.append(
            {
                "name": scale[index],
                "shade": shade(index, len(shares)),
                "from": plain(100 * start / whole),
                "width": plain(100 * share / whole),
                "words": with_unit(share, "%"),
                "short": in_words(round(share)) if share >= LABEL_FITS else "",
            }
        )
        start += share
    return {**line, "parts": parts}


@component
def likert_chart(
    *, title: Words, rows: Sequence[Mapping[str, Any]], scale: Sequence[Words], base: Words = ""
) -> dict[str, Any]:
    """`shares` are percent, from least to most agreement; the bars stand around the middle of the scale."""
    shown = [row["shares"] for row in rows if not row.get("suppressed")]
    left = max((left_of_middle(shares) for shares in shown), default=0)
    right = max((sum(shares) - left_of_middle(shares) for shares in shown), default=0)
    whole = left + right or 1
    return {
        "lines": [drawn_answers(row, scale, left, whole) for row in rows],
        "key": [(words, shade(index, len(scale))) for index, words in enumerate(scale)],
        "middle": plain(100 * left / whole),
    }
