"""Learning mechanisms as everybody reads them."""

from functools import wraps
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.panels import panels_for
from platform_core.programme.monitoring.counting import noted

from .. import contents
from ..forms.mechanisms import MechanismFilter
from ..models import Mechanism
from ..selectors import mechanisms as selectors

PER_PAGE = 20


@cached_for_guests
def listing(request):
    form = MechanismFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.published(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, row.published, contents.text_of(row, row.published, "summary")) for row in page],
        "form": form,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "pilots/mechanisms.html", context)


@cached_for_guests
def seven(request):
    """Which of the seven that are due exist, and whether the one across departments is there."""
    places = selectors.seven(request.user)
    cross = places[-1]
    context = {"places": places, "cross": cross, "there": selectors.exist(places), "wanted": selectors.WANTED}
    return render(request, "pilots/seven.html", context)


def told_when_gone(view):
    """What was withdrawn says so at its address, to those who may not read it any more."""

    @wraps(view)
    def shown(request, pk, **kwargs):
        try:
            return view(request, pk, **kwargs)
        except Http404:
            return gone(request, selectors.withdrawn(pk))

    return shown


def gone(request, found):
    user = request.user
    is_desk = user.is_authenticated and user.has_perm("pilots.read_mechanism_desk", found)
    context = {"mechanism": found, "topic": found.group.topic, "is_desk": is_desk}
    return render(request, "pilots/mechanism_withdrawn.html", context, status=410)


@told_when_gone
@cached_for_guests
def mechanism(request, pk):
    """Its published version; before that, what its group is writing. Withdrawn, why, whoever asks."""
    found = selectors.mechanism_for(request.user, pk)
    if found.state == Mechanism.State.WITHDRAWN:
        return gone(request, found)
    is_desk = request.user.is_authenticated and request.user.has_perm("pilots.read_mechanism_desk", found)
    context = {**shown(request, found, found.published), "is_desk": is_desk}
    response = render(request, "pilots/mechanism.html", context)
    return noted(response, selectors.LABEL, found) if found.published else response


def shown(request, found, version) -> dict:
    """What a page shows of a version, or of what is being written."""
    content, person = version.content if version else contents.content_of(found), request.user
    evidence = selectors.evidence(person, content["evidence"]) if version else selectors.evidence_now(person, found)
    return {
        "mechanism": found,
        "version": version,
        "title": contents.text_of(found, version, "title"),
        "summary": contents.text_of(found, version, "summary"),
        "sections": contents.sections(found, version),
        "levels": contents.term_words(content["terms"], "level"),
        "stages": contents.term_words(content["terms"], "cycle_stage"),
        "is_cross_department": content["is_cross_department"],
        "evidence": evidence,
        "relations": selectors.relations(person, found),
        "panels": panels_for("pilots.mechanism", request, mechanism=found),
        "topic": found.group.topic,
    }


@told_when_gone
@cached_for_guests
def version(request, pk, number):
    """A version at its own address, as it was frozen."""
    found = selectors.version_for(request.user, pk, number)
    known = selectors.titles(request.user, found)
    context = {
        "mechanism": found.mechanism,
        "version": found,
        "lines": contents.lines(found.content, known).items(),
        "names": request.user.is_authenticated and request.user.has_perm("members.view_contacts"),
    }
    return render(request, "pilots/mechanism_version.html", context)


@told_when_gone
@cached_for_guests
def versions(request, pk):
    """All a person may read, and two of them compared field by field."""
    found = selectors.mechanism_for(request.user, pk)
    rows = list(selectors.versions(request.user, found))
    pair = chosen(request, found, rows)
    changes = selectors.compared(request.user, *pair) if pair else []
    context = {"mechanism": found, "versions": rows, "pair": pair, "changes": changes}
    return render(request, "pilots/mechanism_versions.html", context)


def chosen(request, found, rows) -> tuple | None:
    if len(rows) < 2:
        return None
    told = [request.GET.get(name, "") for name in ("from", "to")]
    if all(one.isdecimal() and len(one) < 9 for one in told):
        seen = selectors.versions(request.user, found)
        return tuple(get_object_or_404(seen, number=int(one)) for one in told)
    return rows[1], rows[0]
