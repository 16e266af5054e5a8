"""Strengths, weaknesses, opportunities and threats of regions: read, compared, taken along."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.trails import selectors as trails

from ..forms.swots import CompareForm, SwotFilter, topic_choices
from ..models import SwotEntry, SwotEvidence
from ..selectors import swots as selectors
from ..selectors.policies import area_label

PER_PAGE = 25


@cached_for_guests
def listing(request):
    form = SwotFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.approved(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, area_label(row.area)) for row in page],
        "form": form,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "benchmarking/swots.html", context)


@cached_for_guests
def method(request):
    return render(request, "benchmarking/methods/swot.html")


@cached_for_guests
def swot(request, pk):
    """The four fields, perhaps of one topic."""
    found = selectors.swot_for(request.user, pk)
    topic = request.GET.get("topic", "")
    rows = selectors.with_cited(request.user, selectors.entries_of(request.user, found, topic))
    if table := asked(request):
        return table(f"swot-{found.area.code}-{found.ends}", head(), (cells(row) for row in rows))
    names = ("change_swot", "approve_swot")
    signed_in = request.user.is_authenticated
    context = {
        "swot": found,
        "area": area_label(found.area),
        "quadrants": selectors.quadrants(rows),
        "topics": topic_choices(),
        "topic": topic,
        "query": f"topic={topic}" if topic in vocabulary.topic_labels() else "",
        "others": selectors.others(request.user, found),
        "may": {name: request.user.has_perm(f"benchmarking.{name}", found) for name in names} if signed_in else {},
    }
    return render(request, "benchmarking/swot.html", context)


def head() -> list[str]:
    told = [_("Area"), _("Period"), _("Topic"), _("Kind"), _("In one sentence"), _("Explanation"), _("Evidence")]
    return [*told, _("Written for"), _("Written on")]


def cells(entry: SwotEntry) -> list[str]:
    area = area_label(entry.swot.area)
    period, topic = entry.swot.period, vocabulary.topic_labels()[str(entry.topic_id)]
    evidence = "; ".join(in_line(row) for row in entry.evidence.all())
    told = [area, period, topic, entry.get_quadrant_display(), str(entry.title), str(entry.text), evidence]
    return [*told, str(entry.written_for or ""), entry.written_on.isoformat()]


def in_line(row: SwotEvidence) -> str:
    if row.indicator:
        return f"{row.indicator.name} {row.year}: {in_words(row.value)} {row.flag}".strip()
    if row.thing:
        return f"{row.cited.kind}: {row.cited.title}" if row.cited else _("not open any more")
    return f"{row.record.title}" if row.record else f"{row.words} {row.link}".strip()


@cached_for_guests
def entry(request, pk):
    """One point, what it stands on, and the mechanisms that respond to it."""
    (found,) = selectors.with_cited(request.user, [selectors.entry_for(request.user, pk)])
    context = {
        "entry": found,
        "swot": found.swot,
        "area": area_label(found.swot.area),
        "relations": trails.around(request.user, found),
        "names": request.user.is_authenticated and request.user.has_perm("members.view_contacts"),
        "may_change": request.user.is_authenticated and request.user.has_perm("benchmarking.change_swot", found.swot),
    }
    return render(request, "benchmarking/swot_entry.html", context)


@cached_for_guests
def compare(request):
    """Two to four areas side by side."""
    form = CompareForm(request.GET or None, person=request.user)
    chosen = form.cleaned_data if form.is_valid() else {"area": [], "topic": ""}
    sides = selectors.beside(request.user, chosen["area"], chosen["topic"])
    if sides and (table := asked(request)):
        rows = (cells(entry) for side in sides for quadrant in side.quadrants for entry in quadrant.entries)
        return table("swot-comparison", head(), rows)
    context = {
        "form": form,
        "sides": [(side, area_label(side.area)) for side in sides],
        "rows": zip(*(side.quadrants for side in sides), strict=True),
        "query": urlencode(chosen, doseq=True),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "benchmarking/swot_compare.html", context, status=status)
