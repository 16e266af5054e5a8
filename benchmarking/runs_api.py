"""Benchmarks and their runs for programs: what a guest may see, with everything a run was computed from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404
from ninja import Query, Router, Schema

from platform_core.ground.texts.fields import printable

from .models import Benchmark, Run, RunArea
from .selectors import benchmarks as selectors, runs as run_selectors

router = Router(tags=["benchmarks"])
PER_PAGE = 50
GUEST = AnonymousUser()


class BenchmarkOut(Schema):
    code: str
    title: dict[str, str]
    question: dict[str, str]
    topic: int
    year: int
    state: str
    published_at: datetime | None
    is_demonstration: bool
    address: str
    run: int | None


class BenchmarksOut(Schema):
    total: int
    page: int
    pages: int
    benchmarks: list[BenchmarkOut]


class NodeOut(Schema):
    code: str
    name: dict[str, str]
    parent: str
    level: int
    direction: int
    weight: float
    effective_weight: float | None


class AreaOut(Schema):
    code: str
    name: str
    country: str
    score: float | None
    rank: int | None
    rank_low: float | None
    rank_median: float | None
    rank_high: float | None
    left_out: str


class RunOut(Schema):
    benchmark: str
    number: int
    recipe: dict[str, Any]
    robustness: dict[str, Any]
    years: list[int]
    inputs: list[dict[str, Any]]
    seed: int
    code_version: str
    sha256: str
    published_at: datetime | None
    nodes: list[NodeOut]
    areas: list[AreaOut]
    results: list[str]


class ProfileOut(AreaOut):
    nodes: dict[str, Any]
    indicators: dict[str, Any]
    peers: list[Any]


class Asked(Schema):
    topic: str = ""
    words: str = ""
    page: int = 1


def told(benchmark: Benchmark, runs: Mapping[int, int]) -> dict[str, Any]:
    return {
        "code": benchmark.code,
        "title": dict(benchmark.title),
        "question": dict(benchmark.question),
        "topic": benchmark.group_id,
        "year": benchmark.year,
        "state": benchmark.state,
        "published_at": benchmark.published_at,
        "is_demonstration": benchmark.is_demonstration,
        "address": benchmark.get_absolute_url(),
        "run": runs.get(benchmark.pk),
    }


def area(row: RunArea) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AreaOut.model_fields}


def published(code: str, number: int) -> Run:
    found = run_selectors.run_for(GUEST, printable(code), number)
    if found.published_at is None:
        raise Http404
    return found


@router.get("/benchmarks", response=BenchmarksOut, url_name="benchmarks")
def list_benchmarks(request, asked: Query[Asked]):
    """Published benchmarks, the newest first."""
    rows = Paginator(selectors.published(GUEST, topic=asked.topic, words=printable(asked.words[:100])), PER_PAGE)
    page = rows.get_page(asked.page)
    shown = {"total": rows.count, "page": page.number, "pages": rows.num_pages}
    runs = run_selectors.shown_numbers(GUEST, page)
    return {**shown, "benchmarks": [told(benchmark, runs) for benchmark in page]}


@router.get("/benchmarks/{code}", response=BenchmarkOut, url_name="benchmark")
def show_benchmark(request, code: str):
    found = selectors.benchmark_for(GUEST, printable(code))
    return told(found, run_selectors.shown_numbers(GUEST, [found]))


@router.get("/benchmarks/{code}/runs/{int:number}", response=RunOut, url_name="run")
def show_run(request, code: str, number: int):
    """A published run: choices, data versions with hashes, hierarchy, and the ranks with their intervals."""
    run = published(code, number)
    fields = ("number", "recipe", "robustness", "years", "inputs", "seed", "code_version", "sha256", "published_at")
    return {
        **{name: getattr(run, name) for name in fields},
        "benchmark": code,
        "nodes": [
            {**{name: getattr(node, name) for name in NodeOut.model_fields}, "name": dict(node.name)}
            for node in run_selectors.nodes(run)
        ],
        "areas": [area(row) for row in run_selectors.areas(run)],
        "results": list(run.results.values_list("code", flat=True)),
    }


@router.get("/benchmarks/{code}/runs/{int:number}/areas/{area_code}", response=ProfileOut, url_name="run_area")
def show_area(request, code: str, number: int, area_code: str):
    """Everything about one region: every score, every figure with its year and flag, what was imputed or treated."""
    row = published(code, number).areas.filter(code=printable(area_code)).first()
    if row is None:
        raise Http404
    return {
        **area(row),
        **{name: row.profile.get(name, {}) for name in ("nodes", "indicators")},
        "peers": row.profile.get("peers", []),
    }


@router.get("/benchmarks/{code}/runs/{int:number}/results/{result}", url_name="run_result")
def show_result(request, code: str, number: int, result: str):
    """One of the other results by its code: correlations, treatment, uncertainty …"""
    found = published(code, number).results.filter(code=printable(result)).first()
    if found is None:
        raise Http404
    return found.figures
