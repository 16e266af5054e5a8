from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import csv_response
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary

from ..selectors import trails as selectors

PER_PAGE = 50


@cached_for_guests
def listing(request):
    """Every trail from evidence to changed policy, how far it has come, and what it waits for."""
    chosen = asked(request)
    page = Paginator(selectors.courses(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    names = vocabulary.topic_labels()
    context = {
        "page": page,
        "rows": [(course, names.get(str(course.root.topic), "")) for course in selectors.named(request.user, page)],
        "topics": names.items(),
        "stages": selectors.STAGES.items(),
        "asked": chosen,
        "query": "&".join(f"{name}={value}" for name, value in said(chosen).items()),
    }
    return render(request, "pilots/trails.html", context)


def table(request):
    """All of them as a table, with the same filters."""
    names = vocabulary.topic_labels()
    head = [_("Trail"), _("Kind"), _("Topic"), _("Evidence"), _("Pilots"), _("Evaluated")]
    head += [
        _("Adoptions"),
        _("Policy changes"),
        _("Has come to"),
        _("Waits for"),
        _("Since"),
        _("Breaks off"),
        _("Address"),
    ]
    found = selectors.named(request.user, selectors.courses(request.user, **asked(request)))
    rows = ([*cells(course, names), request.build_absolute_uri(course.address)] for course in found)
    return csv_response("trails", head, rows)


def cells(course: selectors.Course, names) -> list:
    counts = [course.evidence, course.pilots, course.evaluated, course.adopted, course.changes]
    since = course.since.isoformat() if course.since else ""
    ends = [course.stage_name, course.waits_for, since, " ".join(course.broken)]
    return [str(course.title), course.kind, names.get(str(course.root.topic), ""), *counts, *ends]


def asked(request) -> dict:
    given = request.GET
    topic, stage = given.get("topic", ""), given.get("stage", "")
    return {
        "topic": topic if topic in vocabulary.topic_labels() else "",
        "stage": stage if stage in selectors.STAGES else "",
        "waiting": given.get("waiting") == "1",
    }


def said(chosen: dict) -> dict[str, str]:
    return {name: "1" if value is True else value for name, value in chosen.items() if value}
