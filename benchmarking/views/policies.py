"""How the cluster policy of a region stands on the published rubric: for everybody to read."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.exchange.assessment.selectors import criteria_by_part
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests

from ..forms.policies import PlaceFilter
from ..models import Scorecard
from ..selectors import neighbours, policies as selectors

PER_PAGE = 25


@cached_for_guests
def listing(request):
    """Published scorecards by area."""
    form = PlaceFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.published(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, selectors.area_label(row.area)) for row in page],
        "form": form,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "rubric": selectors.rubric(),
    }
    return render(request, "benchmarking/policies.html", context)


@cached_for_guests
def rubric(request, version=None):
    found = selectors.rubric(version)
    if table := asked(request):
        head = [_("Reference"), _("Theme"), _("Line")]
        rows = ([one.reference, str(one.part), str(one.question)] for one in found.criteria.all())
        return table(f"rubric-{found.version}", head, rows)
    context = {"rubric": found, "parts": criteria_by_part(found), "versions": selectors.versions()}
    return render(request, "benchmarking/rubric.html", context)


@cached_for_guests
def method(request):
    context = {"rubric": selectors.rubric(), "limits": (selectors.RELIABLE, selectors.TENTATIVE)}
    return render(request, "benchmarking/methods/policy.html", context)


@cached_for_guests
def scorecard(request, pk):
    """A region's policy by theme, line by line, with the measures behind it."""
    found = selectors.scorecard_for(request.user, pk)
    is_published = found.state == Scorecard.State.PUBLISHED
    rating = selectors.rating_of(found)
    once = selectors.judged_once(rating) if is_published else set()
    if is_published and (table := asked(request)):
        return table(f"policy-{found.area.code}-{found.ends}", head(), lines(found, once))
    context = {
        "scorecard": found,
        "area": selectors.area_label(found.area),
        "themes": selectors.themes(found) if is_published else [],
        "once": once,
        "measures": measures(found),
        "reliability": selectors.reliability(found.alpha),
        "rating": rating if rating and request.user.has_perm("assessment.view_assessment", rating) else None,
        "others": [row for row in selectors.of_area(request.user, found.area.code) if row.pk != found.pk],
        "may": may(request, found),
    }
    return render(request, "benchmarking/scorecard.html", context)


def may(request, scorecard) -> dict[str, bool]:
    if not request.user.is_authenticated:
        return {}
    names = ("change_scorecard", "call_raters", "enter_policies")
    return {name: request.user.has_perm(f"benchmarking.{name}", scorecard) for name in names}


def measures(scorecard) -> list[tuple]:
    """Each with the references of its lines."""
    rows = selectors.measures_of(scorecard)
    return [(row, [line.reference.removeprefix("§ 3.7, ") for line in row.lines.all()]) for row in rows]


def head() -> list[str]:
    return [_("Reference"), _("Theme"), _("Line"), _("Median"), _("Lowest"), _("Highest"), _("Raters")]


def lines(scorecard, once: set[int]):
    """A row per line of the rubric; what one rater alone could judge has no figures but says so."""
    for theme in selectors.themes(scorecard):
        for cell in theme.cells:
            told = cell.score
            missing = [None, None, None, int(cell.criterion.pk in once)]
            figures = [float(told.median), told.lowest, told.highest, told.raters] if told else missing
            yield [cell.criterion.reference, theme.name, str(cell.criterion.question), *figures]


@cached_for_guests
def peers(request, pk):
    """Beside the scorecards of structural peers; without a study of peers nothing is compared."""
    found = selectors.scorecard_for(request.user, pk)
    if found.state != Scorecard.State.PUBLISHED:
        raise Http404
    compared = selectors.comparison(request.user, found, neighbours.peers_of)
    if compared.rows and (table := asked(request)):
        names = [f"{selectors.area_label(one.area)} {one.period}" for one in compared.columns]
        cells = (
            [criterion.reference, part, str(criterion.question), *(figure(cell) for cell in row)]
            for part, rows in compared.rows
            for criterion, row in rows
        )
        return table(f"policy-peers-{found.area.code}", [_("Reference"), _("Theme"), _("Line"), *names], cells)
    context = {
        "scorecard": found,
        "area": selectors.area_label(found.area),
        "compared": compared,
        "study": neighbours.study_read(request.user),
        "columns": [(one, selectors.area_label(one.area)) for one in compared.columns],
    }
    return render(request, "benchmarking/scorecard_peers.html", context)


def figure(cell) -> float | None:
    return None if cell.value is None else float(cell.value)


@cached_for_guests
def history(request, code):
    """Every period of an area: nothing that was published is forgotten."""
    rows = selectors.history(request.user, code)
    themes = [theme.name for theme in rows[0][1]]
    if table := asked(request):
        cells = ([card.period, theme.name, theme.mean, theme.rated] for card, told in rows for theme in told)
        return table(f"policy-history-{code}", [_("Period"), _("Theme"), _("Mean"), _("Lines rated")], cells)
    context = {"area": selectors.area_label(rows[0][0].area), "rows": rows, "themes": themes}
    return render(request, "benchmarking/scorecard_history.html", context)
