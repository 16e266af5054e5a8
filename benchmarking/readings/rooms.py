"""What stands around every page of a run: where one is, the other pages, what is to be known of the run."""

from typing import Any

from django.utils.translation import gettext as _

from ..models import Run
from ..selectors import readings as selectors
from . import addresses


def around(request, run: Run) -> dict[str, Any]:
    offered = (
        ("reading", _("Overview")),
        ("reading_ranking", _("Ranking")),
        ("reading_map", _("Map")),
        ("reading_compare", _("Compare with peers")),
        ("reading_scatter", _("Two figures")),
        ("reading_trends", _("Over the years")),
        ("reading_robustness", _("How firm it is")),
        ("reading_method", _("Method and data")),
    )
    pages = [(addresses.page(run, name), words, request.path == addresses.path(run, name)) for name, words in offered]
    return {
        "run": run,
        "benchmark": run.benchmark,
        "pages": pages,
        "heading": next((words for _address, words, is_here in pages if is_here), ""),
        "here": addresses.asked(run),
        "address": request.get_full_path(),
    }


def reports(run: Run) -> dict[str, list]:
    """Files by language."""
    found: dict[str, list] = {}
    for report in selectors.reports(run):
        found.setdefault(report.language, []).append(report)
    return found
