"""What makes runs and studies reproducible: hashes of what they hold, of the statistics it came from, of the data beneath."""

import hashlib
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from .models import Study
from .selectors.data import Matrix

COMPUTING = ("freezing.py", "mapping.py", "peering.py", "selectors/data.py")


def digest(value: Any) -> str:
    """Of plain data: the same values have the same one, in whichever order their names were put."""
    told = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def version_of(*beside: str) -> str:
    """A hash of the source of the statistics and of these files: what has the same one was computed by the same lines."""
    found, here = hashlib.sha256(), Path(__file__).parent
    for path in [*sorted((here / "statistics").glob("*.*")), *(here / name for name in beside)]:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def figure(value: Any) -> float | None:
    """A number as JSON and the database keep it; none where nothing is known."""
    return None if value is None or not math.isfinite(value) else float(value)


def inputs(told: Matrix) -> list[dict[str, Any]]:
    return [{"version": pk, **facts} for pk, facts in sorted(told.hashes.items())]


def freeze(study: Study, told: Matrix, results: Any, diagnosis: dict[str, Any]) -> None:
    study.inputs, study.diagnosis = inputs(told), diagnosis
    study.digest, study.code_version = digest(results), version_of(*COMPUTING)
    study.computed_at = timezone.now()
