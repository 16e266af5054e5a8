"""The 31 indicators of cluster management: the set, published labels, and all organisations together."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.exchange.assessment.selectors import criteria_by_part
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests

from ..selectors import excellence as selectors

PER_PAGE = 25


@cached_for_guests
def indicators(request, version=None):
    """The published set with its levels, and what a label asks."""
    found = selectors.set_in_force(version)
    if table := asked(request):
        head = [_("Part"), _("Indicator"), _("Met from"), _("Recommendation where it is not met")]
        rows = ([str(one.part), str(one.question), one.threshold, str(one.advice)] for one in found.criteria.all())
        return table(f"cluster-management-{found.version}", head, rows)
    context = {
        "set": found,
        "parts": criteria_by_part(found),
        "rules": selectors.rules(found),
        "versions": selectors.versions(),
    }
    return render(request, "benchmarking/excellence.html", context)


@cached_for_guests
def labels(request):
    """Labels that their organisations have published, by name: no order by merit."""
    page = Paginator(selectors.published_labels(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "benchmarking/labels.html", {"page": page})


@cached_for_guests
def method(request):
    found = selectors.set_in_force()
    context = {"rules": selectors.rules(found), "least": selectors.LEAST, "coarse": selectors.COARSE}
    return render(request, "benchmarking/methods/excellence.html", context)


@permission_required("benchmarking.read_management", raise_exception=True)
def together(request):
    """For members: of each indicator, by how many organisations it is met; hidden while there are few."""
    found = selectors.set_in_force()
    told = selectors.field(found)
    if told and (table := asked(request)):
        rows = ([str(one.part), str(one.question), told.shares.get(one.pk)] for one in found.criteria.all())
        return table("cluster-management-together", [_("Part"), _("Indicator"), _("Met by (percent)")], rows)
    parts = [(name, bars(criteria, told)) for name, criteria in criteria_by_part(found)] if told else []
    context = {"set": found, "field": told, "parts": parts, "least": selectors.LEAST}
    return render(request, "benchmarking/excellence_together.html", context)


def bars(criteria, told) -> list[dict]:
    return [{"label": str(one.question), "value": told.shares.get(one.pk)} for one in criteria]
