"""Indicators and published figures for programs: what a guest may see, with flags, vintages and hashes."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404
from ninja import Query, Router, Schema

from platform_core.ground.texts.codes import CODES
from platform_core.ground.texts.fields import printable

from .models import DataSet, DataVersion, Indicator, Observation
from .selectors import areas, datasets, indicators

router = Router(tags=["benchmarking"])
PER_PAGE, MOST_PER_PAGE = 100, 5000
GUEST = AnonymousUser()


class IndicatorOut(Schema):
    code: str
    name: dict[str, str]
    description: dict[str, str]
    unit: dict[str, str]
    question: dict[str, str]
    direction: int
    role: str
    denominator: str
    source: str
    source_link: str
    licence: str
    periodicity: str
    is_demonstration: bool
    address: str


class IndicatorsOut(Schema):
    total: int
    page: int
    pages: int
    indicators: list[IndicatorOut]


class HeldOut(Schema):
    data_set: str
    version: int
    first_year: int
    last_year: int
    areas: int
    values: int
    missing: int


class IndicatorFull(IndicatorOut):
    figures: list[HeldOut]


class VersionOut(Schema):
    number: int
    imported_on: date
    sha256: str
    digest: str
    vintage: int | None
    values: int
    missing: int
    areas: int
    indicators: int
    first_year: int | None
    last_year: int | None
    note: str
    address: str


class DataSetOut(Schema):
    code: str
    title: dict[str, str]
    description: dict[str, str]
    source: str
    source_link: str
    licence: str
    topic: int
    is_demonstration: bool
    address: str


class DataSetFull(DataSetOut):
    versions: list[VersionOut]


class DataSetsOut(Schema):
    total: int
    page: int
    pages: int
    data_sets: list[DataSetOut]


class ObservationOut(Schema):
    indicator: str
    area: str
    year: int
    value: float | None
    flag: str
    provenance: str


class ObservationsOut(Schema):
    total: int
    page: int
    pages: int
    digest: str
    observations: list[ObservationOut]


class MeaningOut(Schema):
    first: int
    last: int
    name: str
    fate: str
    area: str
    successors: list[str]


class CodeOut(Schema):
    code: str
    meanings: list[MeaningOut]


class Catalogue(Schema):
    q: str = ""
    role: str = ""
    topic: str = ""
    language: str = "en"
    page: int = 1


class Wanted(Schema):
    indicator: list[str] = []
    area: list[str] = []
    year: list[int] = []
    page: int = 1
    per_page: int = 1000


@router.get("/benchmarking/indicators", response=IndicatorsOut, summary="Search the catalogue of indicators")
def list_indicators(request, asked: Query[Catalogue]):
    language = asked.language if asked.language in CODES else "en"
    words = printable(asked.q[:200])
    rows = indicators.narrowed(GUEST, words=words, role=asked.role, topic=asked.topic, language=language)
    page = Paginator(rows.select_related("denominator"), PER_PAGE).get_page(asked.page)
    return IndicatorsOut(
        total=page.paginator.count,
        page=page.number,
        pages=page.paginator.num_pages,
        indicators=[IndicatorOut(**indicator_out(request, row)) for row in page],
    )


@router.get(
    "/benchmarking/indicators/{code}", response=IndicatorFull, summary="One indicator, and where it has figures"
)
def get_indicator(request, code: str):
    found = indicators.indicator_for(GUEST, printable(code))
    held = [
        HeldOut(
            data_set=row.version.data_set.code,
            version=row.version.number,
            first_year=row.first_year,
            last_year=row.last_year,
            areas=row.area_count,
            values=row.values,
            missing=row.missing,
        )
        for row in indicators.held(GUEST, found)[:PER_PAGE]
    ]
    return IndicatorFull(**indicator_out(request, found), figures=held)


def indicator_out(request, one: Indicator) -> dict:
    texts = {name: dict(getattr(one, name)) for name in ("name", "description", "unit", "question")}
    plain = ("code", "direction", "role", "source", "source_link", "licence", "periodicity", "is_demonstration")
    return (
        texts
        | {name: getattr(one, name) for name in plain}
        | {
            "denominator": one.denominator.code if one.denominator else "",
            "address": request.build_absolute_uri(one.get_absolute_url()),
        }
    )


@router.get("/datasets", response=DataSetsOut, summary="Published data sets")
def list_data_sets(request, q: str = "", topic: str = "", page: int = 1):
    rows = datasets.listed(GUEST, words=printable(q[:200]), topic=topic)
    shown = Paginator(rows, PER_PAGE).get_page(page)
    return DataSetsOut(
        total=shown.paginator.count,
        page=shown.number,
        pages=shown.paginator.num_pages,
        data_sets=[DataSetOut(**data_set_out(request, row)) for row in shown],
    )


@router.get("/datasets/{code}", response=DataSetFull, summary="One data set and its published versions")
def get_data_set(request, code: str):
    found = datasets.data_set_for(GUEST, printable(code))
    rows = datasets.versions_of(GUEST, found)[:PER_PAGE]
    return DataSetFull(**data_set_out(request, found), versions=[version_out(request, row) for row in rows])


def data_set_out(request, one: DataSet) -> dict:
    plain = ("code", "source", "source_link", "licence", "is_demonstration")
    return {name: getattr(one, name) for name in plain} | {
        "title": dict(one.title),
        "description": dict(one.description),
        "topic": one.group_id,
        "address": request.build_absolute_uri(one.get_absolute_url()),
    }


def version_out(request, one: DataVersion) -> VersionOut:
    plain = ("number", "sha256", "digest", "vintage", "values", "missing", "first_year", "last_year", "note")
    return VersionOut(
        **{name: getattr(one, name) for name in plain},
        imported_on=one.imported_at.date(),
        areas=one.area_count,
        indicators=one.indicator_count,
        address=request.build_absolute_uri(one.get_absolute_url()),
    )


@router.get("/datasets/{code}/versions/{number}/observations", response=ObservationsOut, summary="Figures of a version")
def list_observations(request, code: str, number: int, asked: Query[Wanted]):
    """Narrowed by codes of indicators and areas and by years; the digest is of all figures of the version."""
    version = datasets.version_for(GUEST, printable(code), min(number, 2**31 - 1))
    rows = Observation.objects.filter(version=version).order_by("indicator", "area", "year")
    if asked.indicator:
        rows = rows.filter(indicator__code__in=map(printable, asked.indicator[:200]))
    if asked.area:
        rows = rows.filter(area__code__in=map(printable, asked.area[:1000]))
    if asked.year:
        rows = rows.filter(year__in=[year for year in asked.year[:200] if 0 < year < 3000])
    told = rows.values_list("indicator__code", "area__code", "year", "value", "flag", "provenance")
    page = Paginator(told, max(1, min(asked.per_page, MOST_PER_PAGE))).get_page(asked.page)
    names = ObservationOut.model_fields
    return ObservationsOut(
        total=page.paginator.count,
        page=page.number,
        pages=page.paginator.num_pages,
        digest=version.digest,
        observations=[ObservationOut(**dict(zip(names, row, strict=True))) for row in page],
    )


@router.get("/areas/{code}", response=CodeOut, summary="What a code of an area has meant since NUTS 2006")
def get_area(request, code: str):
    found = areas.meanings_of(printable(code))
    if not found:
        raise Http404
    meanings = [
        MeaningOut(
            first=one.first,
            last=one.last,
            name=one.name,
            fate=one.fate,
            area=one.area.code if one.area else "",
            successors=one.successors.split(),
        )
        for one in found
    ]
    return CodeOut(code=found[0].code, meanings=meanings)
