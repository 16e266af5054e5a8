from collections import Counter
from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.moments import zone_for
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day

from .. import entries, ical, months, selectors
from ..forms.filters import CalendarFilter
from ..machine import head
from ..presentation import Shown, shown
from ..selectors.events import follows, others_of_series

PER_PAGE = 20
YEARS_KEPT = 20


def asked(request):
    form = CalendarFilter(request.GET, user=request.user)
    return form, form.question()


def frame(request, form, question, **more) -> dict:
    """What every view of the calendar shows beside its entries."""
    return {
        "form": form,
        "question": question,
        "filters": question.query,
        "filtered": bool(question.query),
        "feed": f"{reverse('feed_events')}{'?' if question.query else ''}{question.query}",
        "signed_in": request.user.is_authenticated,
        "proposes": may(request, "events.propose") or may(request, "events.announce"),
        "imports": may(request, "events.import_calendars"),
        **more,
    }


def may(request, right: str) -> bool:
    return request.user.is_authenticated and request.user.has_perm(right)


@cached_for_guests
def calendar(request):
    """The calendar as a list of days; `?view=month` as a table, `?view=map` on the map, `?past=1` what is over."""
    form, question = asked(request)
    if request.GET.get("past"):
        return archive(request, form, question)
    if request.GET.get("view") == "month":
        return month(request, form, question)
    if request.GET.get("view") == "map":
        return on_map(request, form, question)
    return agenda(request, form, question)


def agenda(request, form, question):
    page = Paginator(entries.agenda(request.user, question), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(page.object_list, today=timezone.localdate(timezone=zone_for("")))
    context = frame(request, form, question, page=page, query=question.query, view="list")
    return render(request, "events/calendar.html", context)


def archive(request, form, question):
    """What is over, year by year."""
    this_year = platform_day().year
    years = [this_year - number for number in range(YEARS_KEPT)]
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    first, last = (year, year) if year else (years[-1], this_year)
    begin, end = datetime(first, 1, 1, tzinfo=zone_for("")), datetime(last + 1, 1, 1, tzinfo=zone_for(""))
    rows = entries.archive(request.user, question, begin.astimezone(UTC), end.astimezone(UTC))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(page.object_list)
    kept = "&".join(part for part in ("past=1", f"year={year}" if year else "", question.query) if part)
    context = frame(request, form, question, page=page, query=kept, view="past", past=True, year=year, years=years[:6])
    return render(request, "events/calendar.html", context)


def month(request, form, question):
    first = months.asked(request.GET.get("month", ""))
    found = shown(entries.everything(request.user, question, *months.bounds(first)))
    weekdays = [(WEEKDAYS[number], WEEKDAYS_ABBR[number]) for number in range(7)]
    table = months.table(first, found)
    context = frame(request, form, question, month=table, weekdays=weekdays, view="month", at=f"{first:%Y-%m}")
    return render(request, "events/month.html", context)


def on_map(request, form, question):
    """How many events are still to come in each region and country."""
    now = timezone.now()
    found = entries.everything(request.user, question, now, now + entries.FAR)
    regions = Counter(entry.region for entry in found if entry.region)
    countries = Counter(entry.country for entry in found if entry.country)
    labels = vocabulary.country_labels()
    context = frame(
        request,
        form,
        question,
        tiles=[tile(region, regions[region.code], question.query) for region in vocabulary.regions()],
        countries=[(code, labels.get(code, code), number) for code, number in sorted(countries.items())],
        nowhere=sum(1 for entry in found if not entry.country),
        total=len(found),
        view="map",
    )
    return render(request, "events/map.html", context)


def tile(region, number: int, query: str) -> dict:
    address = f"{reverse('events:calendar')}?{query}{'&' if query else ''}region={region.code}" if number else ""
    found = {"code": region.code, "name": region.name, "column": region.column, "row": region.row}
    return found | {"value": number, "address": address}


@cached_for_guests
def event(request, code):
    found = selectors.event_for(request.user, code)
    signed_in = request.user.is_authenticated
    context = {
        "event": found,
        "shown": Shown(entries.as_entry(found), zone_for("")),
        "others": others_of_series(request.user, found)[:8],
        "follows": signed_in and follows(request.user, found),
        "may_change": signed_in and request.user.has_perm("events.change_event", found),
        "may_revise": signed_in and request.user.has_perm("events.revise_proposal", found),
        "may_cancel": signed_in and not found.is_cancelled and request.user.has_perm("events.cancel_event", found),
        "may_copy": signed_in and request.user.has_perm("events.propose"),
        "languages": [native_name(interface_code(language)) for language in found.languages],
        "head": head(found, request.build_absolute_uri(found.get_absolute_url())),
        "past": found.ends < timezone.now(),
    }
    return render(request, "events/event.html", context)


def file(request, code):
    """One event to put into a calendar."""
    found = selectors.event_for(request.user, code)
    return answered(request, str(found.title), [entries.as_entry(found)], f"{found.code}.ics", "attachment")


def answered(request, name: str, rows, file_name: str = "clusterpolisee.ics", kind: str = "inline") -> HttpResponse:
    response = HttpResponse(ical.calendar(name, rows), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{kind}; filename="{file_name}"'
    return response


def name_of(question) -> str:
    topic = vocabulary.topic(question.topic) if question.topic else None
    return _("ClusterPoliSEE: %(topic)s") % {"topic": topic.short} if topic else _("ClusterPoliSEE events")
