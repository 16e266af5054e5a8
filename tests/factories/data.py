import pandas as pd

from benchmarking import loading
from benchmarking.models import Area, DataSet, DataVersion, Indicator


def indicator(code: str = "gdp", **fields) -> Indicator:
    return Indicator.objects.create(code=code, **({"name": {"en": code.upper()}} | fields))


def area(code: str, level: int = 2, **fields) -> Area:
    found, _made = Area.objects.get_or_create(
        code=code, defaults={"level": level, "country": code[:2], "name": f"Area {code}"} | fields
    )
    return found


def data_set(code: str = "figures", group: int = 4, **fields) -> DataSet:
    return DataSet.objects.create(code=code, group_id=group, **({"title": {"en": code.title()}} | fields))


def version(told: DataSet, *cells: tuple, number: int = 1, **fields) -> DataVersion:
    """Cells are indicator, area, year, value, and if need be flag and provenance; indicators and areas are made."""
    rows = [(*cell, *("", "")[len(cell) - 4 :]) for cell in cells]
    frame = pd.DataFrame(rows, columns=loading.COLUMNS).astype({"value": float})
    for code in frame["indicator"].unique():
        Indicator.objects.get_or_create(code=code, defaults={"name": {"en": code.upper()}})
    for code in frame["area"].unique():
        area(code)
    return loading.store(frame, DataVersion(data_set=told, number=number, **fields))
