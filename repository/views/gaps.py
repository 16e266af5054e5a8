from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary

from .. import gaps
from ..forms.gaps import GapFilter, GapForm

DIMENSIONS = ("country", "region", "kind", "cycle_stage")


@cached_for_guests
def overview(request):
    """Topics against countries, regions, kinds or stages; what is empty can be asked for."""
    rows = request.GET.get("rows", "country")
    rows = rows if rows in gaps.ROWS else "country"
    form = GapFilter(request.GET)
    chosen = {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    lines = gaps.lines(request.user, rows, chosen)
    topics = vocabulary.topics()
    if table := asked(request):
        head = [str(gaps.ROWS[rows]), *(str(topic.short) for topic in topics)]
        return table(f"gaps-by-{rows}", head, ([line.name, *line.counts] for line in lines))
    may_ask = request.user.is_authenticated and request.user.has_perm("repository.ask_gap")
    context = {
        "rows": rows,
        "ways": [(code, name, f"?{urlencode(chosen | {'rows': code})}") for code, name in gaps.ROWS.items()],
        "form": form,
        "topics": topics,
        "lines": [(line.name, cells(line, rows, chosen, topics, may_ask)) for line in lines],
        "empty": sum(line.counts.count(0) for line in lines),
        "whole": len(lines) * len(topics),
        "query": urlencode(chosen | {"rows": rows}),
        "filtered": bool(chosen),
    }
    return render(request, "repository/gaps.html", context)


def cells(line, rows, chosen, topics, may_ask) -> list[dict]:
    """A number leads to its records; what is empty leads to asking, for those who may ask."""
    found = []
    for topic, count in zip(topics, line.counts, strict=True):
        asked_for = urlencode({**chosen, rows: line.code, "topic": topic.pk})
        place = reverse("repository:records") if count else reverse("repository:ask_gap") if may_ask else ""
        found.append({"count": count, "address": f"{place}?{asked_for}" if place else "", "topic": topic.short})
    return found


@login_required
@permission_required("repository.ask_gap", raise_exception=True)
def ask(request):
    """Ask the members of a region or a country for what is lacking."""
    place = {name: known(name, request.GET.get(name, "")) for name in DIMENSIONS}
    topic = next((topic for topic in vocabulary.topics() if str(topic.pk) == request.GET.get("topic")), None)
    if topic is None:
        raise Http404
    people = gaps.concerned(request.user, region=place["region"], country=place["country"])
    somewhere = place["region"] or place["country"]
    begun = {"organisations": people if somewhere else (), "text": wording(topic, place)}
    form = GapForm(request.POST or None, concerned=people, initial=begun)
    if request.method == "POST" and form.is_valid():
        fields = {
            "topic": topic,
            "region": vocabulary.region(place["region"]),
            "country": vocabulary.country(place["country"]),
            "kind": place["kind"],
            "cycle_stage": place["cycle_stage"],
            "text": form.cleaned_data["text"],
        }
        try:
            made = gaps.ask(form.cleaned_data["organisations"], by=request.user, **fields)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(
                request, _("Asked: %(number)s. You find the answers among your cases.") % {"number": len(made)}
            )
            return redirect("repository:gaps")
    context = {"form": form, "topic": topic, "none": not people}
    return render(request, "repository/gap_ask.html", context, status=422 if form.errors else 200)


def known(dimension: str, code: str) -> str:
    return code if code in gaps.labels(dimension) else ""


def wording(topic, place) -> str:
    """A request to begin with, in the language of who asks."""
    named = [
        vocabulary.region_labels().get(place["region"], ""),
        vocabulary.country_labels().get(place["country"], ""),
    ]
    where = next(filter(None, named), _("your region"))
    what = vocabulary.term_name("record_kind", place["kind"]) if place["kind"] else _("something others can learn from")
    if stage := place["cycle_stage"] and vocabulary.term_name("cycle_stage", place["cycle_stage"]):
        what = _("%(what)s (stage of the policy cycle: %(stage)s)") % {"what": what, "stage": stage}
    return _("The repository has nothing yet on “%(topic)s” from %(place)s. Do you have this to tell: %(what)s?") % {
        "topic": topic.name,
        "place": where,
        "what": what,
    }
