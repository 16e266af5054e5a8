"""Addresses of the pages of a run; one that is not the published run is named in all of them."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from ..models import Run


def asked(run: Run, **more: str) -> str:
    kept = {} if run.published_at else {"run": str(run.number)}
    query = urlencode({**kept, **{name: value for name, value in more.items() if value}})
    return f"?{query}" if query else ""


def path(run: Run, name: str, *args: str) -> str:
    return reverse(f"benchmarking:{name}", args=[run.benchmark.code, *args])


def page(run: Run, name: str, *args: str, **more: str) -> str:
    return path(run, name, *args) + asked(run, **more)


def region(run: Run) -> Callable[[str], str]:
    """Pages of regions by their codes; the pattern is looked up once."""
    before, after = page(run, "reading_region", "XX").split("XX")
    return lambda code: f"{before}{code}{after}"


def of_figures(run: Run, area: str) -> Callable[[str], str]:
    """What leads to a region's figures as of exactly this run, by the code of their place in the hierarchy."""
    page = path(run, "reading_region", area)
    return lambda code: f"{page}?{urlencode({'run': run.number, 'at': code})}#figure"
