from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.panels import panels_for

from ..selectors import partners as selectors
from ..services import partners as services

PER_PAGE = 50


@login_required
def partners(request):
    rows = selectors.partners(request.user)
    if table := asked(request):
        return table("partners", head(), cells(selectors.with_overdue(request.user, rows)))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = selectors.with_overdue(request.user, page.object_list)
    may_remind = request.user.has_perm("monitoring.remind_partner")
    return render(request, "monitoring/partners.html", {"page": page, "may_remind": may_remind})


def head() -> list[str]:
    owed = [_("Code"), _("Indicator"), _("Period"), _("Value"), _("Target"), _("Missing")]
    return [_("Partner"), *owed, _("Overdue"), _("Due on")]


def cells(rows):
    for row in rows:
        for debt in row.debts:
            one = debt.indicator
            period = one.period.code if one.period else ""
            owed = [one.code, str(one.name), period, debt.value, debt.target, debt.missing]
            yield [str(row.organisation), *owed, "", ""]
        for words, day in row.overdue:
            yield [str(row.organisation), *[""] * 6, words, day.isoformat()]


@login_required
def partner(request, code):
    """What one partner owes by period, what is counted for it, and what other rooms wait for."""
    found = selectors.partner_for(request.user, code)
    periods: dict = {}
    for debt in found.debts:
        periods.setdefault(debt.indicator.period, []).append(debt)
    overdue = selectors.told_overdue(request.user, found.organisation)
    context = {
        "partner": found,
        "overdue": overdue,
        "periods": list(periods.items()),
        "brought": selectors.brought(found.organisation),
        "panels": panels_for("partner.main", request, organisation=found.organisation),
        "may_remind": request.user.has_perm("monitoring.remind_partner")
        and (found.below or selectors.overdue(found.organisation)),
    }
    return render(request, "monitoring/partner.html", context)


@login_required
@require_POST
def remind(request, code):
    found = selectors.partner_for(request.user, code)
    try:
        services.remind(found.organisation, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Its contacts are reminded; once a day at most."))
    return redirect("monitoring:partner", code)
