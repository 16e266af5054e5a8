from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.programme.monitoring.counting import noted

from .. import selectors, usage
from ..forms.usage import MonthForm
from ..models import Record

FIGURES = [1, 2, 3, 4]
SHOWN = 1000


def used(response: HttpResponseBase, record: Record, deed: str = "views") -> HttpResponseBase:
    """Have a response counted, when what it shows is published."""
    is_published = record.state == Record.State.PUBLISHED
    return noted(response, selectors.LABEL, record, deed) if is_published else response


def head(first: str) -> list[str]:
    return [first, _("Views"), _("Unique views"), _("Downloads"), _("Unique downloads")]


def numbers(row) -> list[int]:
    return [row.views, row.unique_views, row.downloads, row.unique_downloads]


def of_record(request, code):
    """By month and by language of the page."""
    found = selectors.record_for(request.user, code)
    months = [[f"{month:%Y-%m}", *numbers(row)] for month, row in usage.months(found)]
    if table := asked(request):
        return table(f"usage-{found.code}", head(_("Month")), months)
    languages = [[language_name(known), *numbers(row)] for known, row in usage.by_language(found)]
    context = {
        "record": found,
        "months": months,
        "languages": languages,
        "figures": FIGURES,
        "month_head": head(_("Month")),
        "language_head": head(_("Language of the page")),
        "bars": [{"label": row[0], "value": row[1]} for row in reversed(months[:24])],
    }
    return render(request, "repository/usage.html", context)


def language_name(code: str) -> str:
    return native_name(interface_code(code)) if code in CODES else code


def overview(request):
    """Sums over public records, by topic, region, organisation, month or record; of one month or of all. The page shows the
    first thousand, tables hold all."""
    way = request.GET.get("by", "topic")
    way = way if way in usage.WAYS else "topic"
    form = MonthForm(request.GET or None)
    month = form.chosen()
    lines = usage.summed(way, month)
    title = str(usage.WAYS[way])
    if table := asked(request):
        name = f"usage-by-{way}-{month:%Y-%m}" if month else f"usage-by-{way}"
        return table(name, head(title), [[line.name, *numbers(line.used)] for line in lines])
    context = {
        "form": form,
        "month": month,
        "query": urlencode({"by": way, **({"month": f"{month:%Y-%m}"} if month else {})}),
        "more": len(lines) > SHOWN,
        "way": way,
        "ways": usage.WAYS.items(),
        "title": title,
        "head": head(title),
        "figures": FIGURES,
        "rows": [[line.name, *numbers(line.used)] for line in lines[:SHOWN]],
    }
    return render(request, "repository/usage_overview.html", context)
