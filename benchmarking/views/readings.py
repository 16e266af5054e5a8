from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from platform_core.ground.reports.tables import csv_response
from platform_core.ground.texts.fields import printable
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.materials.jobs import selectors as jobs
from platform_core.programme.monitoring.counting import noted

from ..charts.chart import Chart
from ..charts.samples import every
from ..charts.standalone import alone
from ..forms.readings import AGAIN, SUPPOSED, RecomputeForm, SupposeForm
from ..readings import addresses, method as methods, recomputing, replaying, rooms
from ..readings.pages import PAGES
from ..readings.pictures import CrowdedError, picture
from ..readings.region import figure_context, region_context
from ..readings.supposing import can_be_placed, can_be_told, offered
from ..selectors import benchmarks, readings as selectors
from ..services.readings import KIND

TEMPLATES = {"overview": "overview", "ranking": "ranking", "map": "map"}
SVG = "image/svg+xml"
LONGEST = 8000  # characters of an address
CLOSED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def run_of(request, code):
    return selectors.run_read(request.user, code, request.GET.get("run", ""))


def profile_of(request, code, area):
    own = selectors.area_read(request.user, code, area, request.GET.get("run", ""))
    return selectors.profile(request.user, own)


@cached_for_guests
def overview(request, code):
    return page(request, code, "overview")


@cached_for_guests
def page(request, code, page):
    run = run_of(request, code)
    context = {**rooms.around(request, run), **PAGES[page](request.user, run, request.GET)}
    return counted(render(request, f"benchmarking/reading_{TEMPLATES.get(page, 'charts')}.html", context), run)


def counted(response, run):
    """That a published run is read is counted with its benchmark."""
    return noted(response, benchmarks.LABEL, run.benchmark) if run.published_at else response


def chart_file(request, code, page, chart, form):
    run = run_of(request, code)
    found = PAGES[page](request.user, run, request.GET, whole=True)
    return as_file([*found.get("charts", ()), *found.get("files", ())], chart, form, f"{code}-{chart}")


def replay_file(request, code, name):
    """Draws, weights and what they were drawn for, as the command reads them."""
    return csv_response(f"{code}-{name}", *replaying.FILES[name](run_of(request, code)))


@cached_for_guests
def region(request, code, area):
    """A region beside its peers. What was supposed of it stood in its address once and has a page of its own."""
    if supposed := supposed_in(request.GET):
        return redirect(f"{reverse('benchmarking:reading_suppose', args=[code, area])}?{supposed}")
    profile = profile_of(request, code, area)
    context = {
        **rooms.around(request, profile.run),
        **region_context(request.user, profile),
        **figure_context(request.user, profile, request.GET.get("at", "")),
        "can_suppose": can_be_told(profile) or recomputing.can_be_recomputed(profile),
    }
    return counted(render(request, "benchmarking/reading_region.html", context), profile.run)


@cached_for_guests
def suppose(request, code, area):
    """What the index of a region would be; what is supposed stands in the address. Where levels have no fixed ends, or where
    somebody asks for it, everything is computed again."""
    profile = profile_of(request, code, area)
    ways = {
        "kept": can_be_told(profile) and profile.area.score is not None,
        AGAIN: recomputing.can_be_recomputed(profile),
    }
    page = addresses.page(profile.run, "reading_suppose", area)
    context = {
        **rooms.around(request, profile.run),
        "area": profile.area,
        "back": addresses.page(profile.run, "reading_region", area),
        "base": page,
        "again": addresses.page(profile.run, "reading_suppose", area, way=AGAIN),
        "ways": ways,
    }
    if ways[AGAIN] and (request.GET.get("way") == AGAIN or not ways["kept"]):
        return recompute(request, profile, context | {"base": context["again"], "kept": page})
    form = suppose_form(request, profile) if ways["kept"] else None
    levels = form.levels() if form is not None and form.is_valid() else {}
    context |= {"form": form, "supposed": selectors.supposed(profile, levels)}
    return render(request, "benchmarking/reading_suppose.html", context, status=status_of(form))


def recompute(request, profile, context):
    areas = selectors.on_the_scale(profile.run)
    form = RecomputeForm.asked(request.GET, recomputing.levers(profile, areas))
    context |= {"form": form, "conditions": recomputing.conditions(profile.run)}
    values = form.values() if form.is_valid() else {}
    if values:
        try:
            context["found"] = recomputing.recomputed(profile, areas, values)
        except recomputing.NotComputableError as reason:
            form.add_error(None, str(reason))
    return render(request, "benchmarking/reading_recompute.html", context, status=status_of(form))


def status_of(form) -> int:
    return 400 if form is not None and form.errors else 200


def supposed_in(query) -> str:
    """What an address supposes, as a query; nothing where that is longer than anybody types."""
    told = {name: value for name, value in query.items() if name.startswith((*SUPPOSED, "run"))}
    found = urlencode(told) if any(name.startswith(SUPPOSED) for name in told) else ""
    return found if len(found) < LONGEST else ""


def suppose_form(request, profile) -> SupposeForm:
    rows = offered(profile)
    raw = {one.node.code for one in rows if can_be_placed(profile, one)}
    return SupposeForm.asked(request.GET, rows, partial(selectors.placed, profile), raw)


def region_file(request, code, area, chart, form):
    profile = profile_of(request, code, area)
    found = region_context(request.user, profile, only=chart)["charts"]
    return as_file(found.values(), chart, form, f"{code}-{area}-{chart}")


def choose(request, code):
    """From the form with the list of regions to the page of one."""
    run, area = run_of(request, code), printable(request.GET.get("region", ""))
    if not area:
        return redirect(addresses.page(run, "reading_ranking"))
    found = get_object_or_404(run.areas.only("code"), code=area)
    return redirect(addresses.page(run, "reading_region", found.code))


@cached_for_guests
def method(request, code):
    run = run_of(request, code)
    context = {**rooms.around(request, run), **methods.context(run)}
    if request.user.has_perm("benchmarking.make_run_report", run):
        context |= {"may_ask": True, "job": jobs.latest(KIND, run=run.pk)}
    return render(request, "benchmarking/reading_method.html", context)


@cached_for_guests
def gallery(request):
    return render(request, "benchmarking/charts.html", {"charts": list(every()), "address": request.path})


def sample(request, chart, form):
    return as_file(every(), chart, form, f"sample-{chart}")


def as_file(charts, code: str, form: str, name: str) -> HttpResponse:
    """A chart as SVG, PNG or CSV; raises Http404 for any other."""
    found: Chart | None = next((chart for chart in charts if chart is not None and chart.code == code), None)
    if found is None or form not in ("svg", "png", "csv"):
        raise Http404
    if form == "csv":
        return csv_response(name, found.head, found.rows)
    try:
        content = alone(found) if form == "svg" else picture(found)
    except CrowdedError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    return downloaded(content, SVG if form == "svg" else "image/png", f"{name}.{form}")


def downloaded(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = CLOSED
    return response
