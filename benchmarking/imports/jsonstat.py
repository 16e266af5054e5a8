"""JSON-stat 2.0, with the flags in `status`."""

import json
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from .opening import decoded
from .problems import UnreadableError
from .tables import MOST_CELLS, Table, categorical

MISSING = ":"


BROKEN = (AttributeError, KeyError, TypeError, ValueError)


def read(content: bytes, options: dict | None = None) -> Table:
    try:
        return table(data_set(content))
    except BROKEN as problem:
        raise UnreadableError("not_json_stat") from problem


def table(found: dict[str, Any]) -> Table:
    names, sizes = found["id"], found["size"]
    if prod(sizes) > MOST_CELLS:
        raise UnreadableError("too_many_cells", most=MOST_CELLS)
    values, flags = spread(found.get("value"), prod(sizes)), spread(found.get("status"), prod(sizes))
    told = np.array([place for place in range(len(values)) if values[place] is not None or flags[place]], dtype=int)
    if not len(told):
        raise UnreadableError("no_rows")
    places = np.unravel_index(told, sizes)
    columns: dict[str, Any] = {
        name: categorical(np.array(categories(found, name, size), dtype=object)[place])
        for name, size, place in zip(names, sizes, places, strict=True)
    }
    columns["value"] = categorical([MISSING if values[place] is None else repr(values[place]) for place in told])
    columns["status"] = categorical([flags[place] or "" for place in told])
    roles = {"value": "value", "flag": "status"} | roles_of(found)
    return Table("json-stat", pd.DataFrame(columns), told + 1, roles)


def data_set(content: bytes) -> dict[str, Any]:
    """Checked as far as it is read: dimensions and sizes that belong together."""
    try:
        found = json.loads(decoded(content))
    except (ValueError, RecursionError) as problem:
        raise UnreadableError("not_json") from problem
    if isinstance(found, dict) and found.get("class") == "collection":
        raise UnreadableError("json_collection")
    names: Any
    sizes: Any
    names, sizes = (found.get(name) if isinstance(found, dict) else None for name in ("id", "size"))
    fits = isinstance(names, list) and isinstance(sizes, list) and len(names) == len(sizes) > 0
    if not fits or not all(isinstance(size, int) and size > 0 for size in sizes or []):
        raise UnreadableError("not_json_stat")
    if len(set(map(str, names))) != len(names) or not all(isinstance(name, str) for name in names):
        raise UnreadableError("not_json_stat")
    if {"value", "status"} & set(names) or not isinstance(found.get("dimension"), dict):
        raise UnreadableError("not_json_stat")
    return found


def categories(found: dict[str, Any], name: str, size: int) -> list[str]:
    category = (found["dimension"].get(name) or {}).get("category") or {}
    index = category.get("index", category.get("label"))
    codes = sorted(index, key=lambda code: index[code]) if isinstance(index, dict) and "index" in category else index
    made = [str(code) for code in codes] if codes else []
    if len(made) != size:
        raise UnreadableError("json_dimension", dimension=name, size=size, seen=len(made))
    return made


def spread(told: Any, size: int) -> list[Any]:
    """Values and flags come as a list, sparsely by position, or (flags) as one for all."""
    if isinstance(told, list) and len(told) in (1, size):
        return [number(value) for value in told] * (size // len(told))
    made: list[Any] = [None] * size
    if isinstance(told, str):
        return [told] * size
    if not isinstance(told, dict):
        if told is None:
            return made
        raise UnreadableError("json_values")
    for place, value in told.items():
        if not str(place).isdecimal() or int(place) >= size:
            raise UnreadableError("json_values")
        made[int(place)] = number(value)
    return made


def number(value: Any) -> Any:
    if isinstance(value, (dict, list, bool)):
        raise UnreadableError("json_values")
    return value


def roles_of(found: dict[str, Any]) -> dict[str, str]:
    told: dict[str, Any] = found["role"] if isinstance(found.get("role"), dict) else {}
    named = {"area": told.get("geo"), "year": told.get("time"), "indicator": told.get("metric")}
    known = {role: names[0] for role, names in named.items() if isinstance(names, list) and names}
    spoken = {"area": ("geo",), "year": ("time", "TIME_PERIOD")}
    for role, choices in spoken.items():
        known.setdefault(role, next((name for name in choices if name in found["id"]), ""))
    return {role: name for role, name in known.items() if name in found["id"]}
