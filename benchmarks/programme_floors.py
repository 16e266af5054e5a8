"""What the pages of the programme are measured against: bare views of the same rows. That of the programme asks two queries,
that of one indicator six, for three of its facets."""

from django.db.models import Count
from django.urls import path

from benchmarks.floors import page
from platform_core.programme.monitoring.models import Evidence, Indicator

ROWS = 25
PROGRAMME = """<table>{% for indicator, count in rows %}<tr><th><a href="/en/{{ indicator.code }}/">{{ indicator.name }}</a>
<td>{{ count }}<td>{{ indicator.target }}<td>{{ indicator.period.code }}<td>{{ indicator.period.ends }}{% endfor %}</table>"""
INDICATOR = """<p>{{ indicator.definition }} {{ total }}</p><table>{% for row in rows %}<tr><th>{{ row.object_id }}<td>{{ row.day }}
<td>{{ row.countries }}<td>{{ row.topics }}{% endfor %}</table>"""


def programme(request):
    counts = dict(Evidence.objects.order_by().values_list("indicator").annotate(Count("pk")))
    rows = [(one, counts.get(one.pk, 0)) for one in Indicator.objects.select_related("period")]
    return page(PROGRAMME, title="Programme", rows=rows)


def indicator(request, code):
    found = Indicator.objects.get(code=code)
    rows = found.evidence.all()
    facets = {
        name: list(rows.order_by().values_list(name).annotate(Count("pk")))
        for name in ("countries", "topics", "stages")
    }
    shown = list(rows.order_by("-day", "key")[:ROWS])
    return page(INDICATOR, title=str(found), indicator=found, total=rows.count(), rows=shown, facets=facets)


urlpatterns = [path("", programme), path("<slug:code>/", indicator)]
