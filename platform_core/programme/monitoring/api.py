"""The indicators of the programme for programs. The catalogue of regional indicators has `/indicators` already."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from ninja import Router, Schema

from .selectors import indicators

router = Router(tags=["programme"])


class ProgrammeIndicator(Schema):
    """`self_declared` is how many of `value` only declared themselves what is counted: null for none and for a few."""

    code: str
    kind: str
    name: dict[str, str]
    unit: dict[str, str]
    definition: dict[str, str]
    baseline: int
    target: int | None
    period: str | None
    due_on: date | None
    rule: str
    is_counted: bool
    value: int
    self_declared: int | None
    evidence: str
    table: str


@router.get("/indicators", response=list[ProgrammeIndicator], summary="Targets of the programme, as counted")
def programme_indicators(request, kind: str = "", period: str = ""):
    return [told(line) for line in indicators.programme(kind=kind.replace("\0", ""), period=period.replace("\0", ""))]


@router.get("/indicators/{code}", response=ProgrammeIndicator, summary="One indicator of the programme")
def programme_indicator(request, code: str):
    return told(indicators.line(indicators.indicator_for(code)))


def told(line) -> dict:
    one = line.indicator
    with translation.override("en"):
        address = settings.SITE_URL.rstrip("/") + reverse("monitoring:indicator", args=[one.code])
    texts = {name: {code: words for code, words in getattr(one, name).items() if words} for name in TEXTS}
    return texts | {
        "code": one.code,
        "kind": one.kind,
        "baseline": one.baseline,
        "target": one.target,
        "period": one.period.code if one.period else None,
        "due_on": one.period.ends if one.period else None,
        "rule": one.rule,
        "is_counted": line.rule is not None,
        "value": line.value,
        "self_declared": line.declared,
        "evidence": address,
        "table": f"{address}?csv",
    }


TEXTS = ("name", "unit", "definition")
