"""Figures over the years, with what the source says about each (its flags), gaps left open and breaks marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from .chart import Body, Chart, Sheet
from .lettering import figure, measure, wrapped
from .marks import Place, broken, dot, line, lines_of, words
from .scales import Scale, extent, ticks

BREAK = "b"


@dataclass(frozen=True)
class Observed:
    year: int
    value: float | None
    flag: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Series:
    code: str
    name: str
    observed: Sequence[Observed]
    is_own: bool = False


def flag_words() -> Mapping[str, str]:
    """What Eurostat's flags mean."""
    return {
        "b": _("break in the series"),
        "c": _("confidential"),
        "d": _("definition differs"),
        "e": _("estimated"),
        "f": _("forecast"),
        "n": _("not significant"),
        "p": _("provisional"),
        "r": _("revised"),
        "s": _("estimate of the statistical office"),
        "u": _("low reliability"),
        "z": _("not applicable"),
    }


def flags_told(series: Sequence[Series]) -> str:
    """One sentence with every flag that is there."""
    known = flag_words()
    found = {letter for one in series for seen in one.observed for letter in seen.flag if letter in known}
    named = "; ".join(f"{letter}: {known[letter]}" for letter in sorted(found))
    return _("Flags of the source: %(flags)s.") % {"flags": named} if named else ""


def trends(*, title: str, description: str, series: Sequence[Series], unit: str = "", note: str = "") -> Chart:
    years = sorted({seen.year for one in series for seen in one.observed})
    return Chart(
        code="trends",
        title=title,
        description=description,
        head=[_("Region"), _("Code"), _("Year"), unit or pgettext("of an indicator", "Value"), _("Flag")],
        rows=[
            [one.name, one.code, str(seen.year), seen.value, "; ".join(filter(None, [seen.flag, seen.remark]))]
            for one in series
            for seen in one.observed
        ],
        draw=lambda sheet: drawn(sheet, series, years, unit),
        note=" ".join(filter(None, [note, flags_told(series)])),
        key=[*(("own", one.name) for one in series if one.is_own), ("peer", _("Peers"))],
    )


def drawn(sheet: Sheet, series: Sequence[Series], years: Sequence[int], unit: str) -> Body:
    values = [seen.value for one in series for seen in one.observed]
    if not years or all(value is None for value in values):
        return 40, words(4, 24, _("no data"), size=sheet.letter, look="absent")
    title, right = wrapped(unit, sheet.width - 8, sheet.letter, 2), sheet.width - (64 if sheet.is_narrow else 76)
    top = 14 + len(title) * sheet.letter * 1.2
    foot = top + (220 if sheet.is_narrow else 280)
    low, high = extent(values)
    xs = Scale(years[0], max(years[-1], years[0] + 1), 62, right)
    ys = Scale(low - (high - low) * 0.05, high + (high - low) * 0.08, foot, top)
    parts = [
        lines_of(4, sheet.letter, title, size=sheet.letter, look="soft"),
        axes(sheet, xs, ys, years),
        "".join(one_line(sheet, xs, ys, one) for one in sorted(series, key=lambda one: one.is_own)),
        ends(sheet, xs, ys, series),
    ]
    return foot + 30, "".join(parts)


def axes(sheet: Sheet, xs: Scale, ys: Scale, years: Sequence[int]) -> str:
    size, step = sheet.letter - 1, max(1, -(-len(years) // (5 if sheet.is_narrow else 10)))
    across = "".join(
        words(xs(year), ys.begin + 20, str(year), size=size, look="soft", anchor="middle") for year in years[::step]
    )
    return across + "".join(
        line((xs.begin, ys(tick)), (xs.end, ys(tick)), "grid")
        + words(xs.begin - 6, ys(tick) + size * 0.35, figure(tick), size=size, look="soft", anchor="end")
        for tick in ticks(ys.low, ys.high, 4)
    )


def places_of(xs: Scale, ys: Scale, one: Series) -> list[Place | None]:
    """Every year between the first and the last; a break opens the line before the year that has the flag."""
    by_year = {seen.year: seen for seen in one.observed}
    found: list[Place | None] = []
    for year in range(min(by_year), max(by_year) + 1) if by_year else ():
        seen = by_year.get(year)
        if seen is not None and BREAK in seen.flag:
            found.append(None)
        found.append(None if seen is None or seen.value is None else (xs(year), ys(seen.value)))
    return found


def one_line(sheet: Sheet, xs: Scale, ys: Scale, one: Series) -> str:
    look = "own" if one.is_own else "peer"
    marks = [observed(sheet, xs, ys, one, seen, look) for seen in one.observed if seen.value is not None]
    return broken(places_of(xs, ys, one), f"{look}-line") + "".join(marks)


def observed(sheet: Sheet, xs: Scale, ys: Scale, one: Series, seen: Observed, look: str) -> str:
    x, y = xs(seen.year), ys(seen.value or 0)
    told = f"{one.name}, {seen.year}: {figure(seen.value)} {seen.flag}".strip() + (
        f" ({seen.remark})" if seen.remark else ""
    )
    found = dot(
        x,
        y,
        4 if one.is_own else 2.5,
        f"dot {look}{' hollow' if seen.remark or set(seen.flag) & set('pef') else ''}",
        told,
    )
    if BREAK in seen.flag:
        found += line((x - 5, y - 9), (x - 5, y + 9), "break")
    if seen.flag and one.is_own:
        found += words(x, y - 9, seen.flag, size=sheet.letter - 2, look="soft over", anchor="middle")
    return found


def ends(sheet: Sheet, xs: Scale, ys: Scale, series: Sequence[Series]) -> str:
    """Codes at the end of the lines; one that would lie on another moves down, and is left out where there is no room."""
    last = [(one, seen) for one in series if (seen := newest(one)) is not None]
    found, free = [], ys.end
    for one, seen in sorted(last, key=lambda pair: ys(pair[1].value or 0)):
        y = max(ys(seen.value or 0) + 4, free)
        if y > ys.begin + 6 or (y - ys(seen.value or 0) > 30 and not one.is_own):
            continue
        free, look = y + sheet.letter, "strong" if one.is_own else "soft"
        if measure(one.code) * (sheet.letter - 1) < sheet.width - xs.end - 8:
            found.append(words(xs.end + 8, y, one.code, size=sheet.letter - 1, look=look))
    return "".join(found)


def newest(one: Series) -> Observed | None:
    return next((seen for seen in sorted(one.observed, key=lambda seen: -seen.year) if seen.value is not None), None)
