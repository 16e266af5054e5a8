"""The 31 indicators of cluster management: the set, published labels, and all organisations together."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.exchange.assessment.selectors import criteria_by_part
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests

from ..forms.excellence import GroupForm
from ..selectors import excellence as selectors, excellence_groups as groups

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
    """For members: of each indicator, by how many organisations of a group it is met; hidden while there are few."""
    found = selectors.set_in_force()
    form = GroupForm(request.GET)
    told = groups.compared(found, form.asked())
    form.offer(told)
    if told.field and (table := asked(request)):
        named = (_("%(group)s: met by (percent)") % {"group": group.name} for group in told.shown)
        return table("cluster-management-together", [_("Part"), _("Indicator"), *named], rows_of(found, told))
    context = {
        "set": found,
        "form": form,
        "told": told,
        "parts": [(name, bars(criteria, told)) for name, criteria in criteria_by_part(found)] if told.field else [],
        "least": selectors.LEAST,
    }
    return render(request, "benchmarking/excellence_together.html", context)


def rows_of(found, told: groups.Compared):
    for one in found.criteria.all():
        yield [str(one.part), str(one.question), *(field.shares.get(one.pk) for field in told.shown.values())]


def bars(criteria, told: groups.Compared) -> list[dict]:
    """Of a chosen group, each with the share of all beside it."""
    whole = {} if told.is_all else told.rows[0][1].shares
    return [{"label": beside(one, whole.get(one.pk)), "value": told.field.shares.get(one.pk)} for one in criteria]


def beside(criterion, share: int | None) -> str:
    question = str(criterion.question)
    return question if share is None else _("%(question)s (all: %(share)s %%)") % {"question": question, "share": share}
