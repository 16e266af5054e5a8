"""Pilot actions as everybody reads them."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.trails import selectors as trails
from platform_core.programme.monitoring.counting import noted

from ..forms.pilots import PilotFilter
from ..models import Pilot
from ..selectors import evaluations, pilots as selectors, subjects
from ..selectors.schemes import band_words

PER_PAGE = 25


@cached_for_guests
def listing(request):
    form = PilotFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.listed(request.user, **chosen)
    if table := asked(request):
        return table("pilot-actions", figure_head(), figure_cells(rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = subjects.names([row.subject for row in page])
    context = {
        "page": page,
        "rows": [(row, region_name(row), names.get(row.subject, row.tested)) for row in page],
        "form": form,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "pilots/pilots.html", context)


def region_name(pilot) -> str:
    return vocabulary.region_labels().get(pilot.region.code, pilot.region.name)


def figure_head() -> list[str]:
    names = [_("Pilot action"), _("State"), _("Region"), _("Topic"), _("Lead organisation"), _("Indicator"), _("Unit")]
    return [*names, _("Baseline"), _("Target"), _("Reached so far"), _("Period"), _("Added in this period")]


def figure_cells(rows, size: int = 100):
    """A row for each indicator and period; an indicator nobody has reported on has one without a period."""
    for number in range(0, rows.count(), size):
        part = list(rows[number : number + size])
        told = selectors.lines_of(part)
        for pilot in part:
            named = [str(pilot.title), str(pilot.get_state_display()), region_name(pilot)]
            named += [str(pilot.topic.name), str(pilot.lead)]
            for line in told.get(pilot.pk, []):
                one = line.indicator
                head = [*named, str(one.name), one.unit, float(one.baseline), float(one.target), float(line.reached)]
                for period, value in line.by_period.items() or [("", None)]:
                    yield [*head, period, None if value is None else float(value)]


@cached_for_guests
def pilot(request, pk):
    """What it tests and where, its milestones, its indicators by accepted report, and how it was evaluated."""
    found = selectors.pilot_for(request.user, pk)
    lines = selectors.lines(found)
    if table := asked(request):
        rows = selectors.pilots(request.user).filter(pk=found.pk)
        return table(f"pilot-action-{found.pk}", figure_head(), figure_cells(rows))
    evaluated = found.state == "evaluated"
    signed_in = request.user.is_authenticated
    context = {
        "pilot": found,
        "region": region_name(found),
        "subject": subjects.subject(found.subject),
        "is_early": found.finished_on is not None and selectors.ended_early(Pilot.objects.filter(pk=found.pk)).exists(),
        "band": band_words(found.scheme.limits, found.band),
        "milestones": [(row, selectors.is_late(row)) for row in found.milestones.all()],
        "lines": lines,
        "beside": evaluations.beside(request.user, found) if evaluated else [],
        "lessons": evaluations.published_lessons(request.user, found),
        "evaluation": evaluations.evaluation_of(found) if evaluated else None,
        "outcome": evaluations.outcome_of(found),
        "relations": trails.around(request.user, found),
        "may_enter": signed_in and request.user.has_perm("pilots.enter_pilot", found),
    }
    response = render(request, "pilots/pilot.html", context)
    return response if found.state == Pilot.State.PREPARED else noted(response, selectors.PILOT, found)
