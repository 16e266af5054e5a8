"""What the pages of the programme are measured against: bare views of the same rows. That of the programme asks two queries,
that of one indicator six, for three of its facets, that of a region one for each kind of thing it shows.
"""

from django.db.models import Count
from django.urls import path

from benchmarking.models import ClusterMap, PeerStudy, RunArea, Scorecard, Swot
from benchmarks.floors import page
from consultations.models import Consultation
from pilots.models import ConditionSheet, PeerReview, Pilot, PolicyChange
from platform_core.ground.vocabulary.models import Region
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.models import Evidence, Indicator
from repository.models import Adoption, Record

ROWS, FEW = 25, 5
PROGRAMME = """<table>{% for indicator, count in rows %}<tr><th><a href="/en/{{ indicator.code }}/">{{ indicator.name }}</a>
<td>{{ count }}<td>{{ indicator.target }}<td>{{ indicator.period.code }}<td>{{ indicator.period.ends }}{% endfor %}</table>"""
INDICATOR = """<p>{{ indicator.definition }} {{ total }}</p><table>{% for row in rows %}<tr><th>{{ row.object_id }}<td>{{ row.day }}
<td>{{ row.countries }}<td>{{ row.topics }}{% endfor %}</table>"""

REGION = """<p>{{ here.code }} {{ here.country.name }}<ul>{% for row in records %}<li><a href="/en/repository/{{ row.code }}/">
{{ row.title }}</a> {{ row.year }}{% endfor %}</ul><ul>{% for row in adopted %}<li>{{ row.record.title }} {{ row.organisation.name }}
{{ row.year }}{% endfor %}</ul><ul>{% for row in changed %}<li>{{ row.title }} {{ row.changed_on }}{% endfor %}</ul>
<ul>{% for row in bodies %}<li>{{ row.name }}{% endfor %}</ul><ul>{% for row in more %}<li>{{ row }}{% endfor %}</ul>"""


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


def region(request, code):
    here = Region.objects.select_related("country").get(code=code, vintage=2021)
    records = Record.objects.filter(regions=here, state="published").order_by("-published_on", "-pk")[:FEW]
    adopted = Adoption.objects.filter(region=here).select_related("record", "organisation").order_by("-pk")[:FEW]
    changed = PolicyChange.objects.filter(region=here, state="confirmed").order_by("-changed_on", "-pk")[:FEW]
    bodies = Organisation.objects.filter(region=here).order_by("sort_name")[:FEW]
    others = (
        Pilot.objects.filter(region=here).exclude(state="prepared"),
        PeerReview.objects.filter(region=here, state="published"),
        ConditionSheet.objects.filter(region=here),
        Scorecard.objects.filter(area__code=code, state="published"),
        Swot.objects.filter(area__code=code, state="approved"),
        RunArea.objects.filter(code=code),
        PeerStudy.objects.filter(state="published"),
        ClusterMap.objects.filter(state="published"),
        Consultation.objects.filter(state="open"),
    )
    more = [row for rows in others for row in rows.order_by("-pk")[:FEW]]
    told = {"records": records, "adopted": adopted, "changed": changed, "bodies": bodies, "more": more}
    return page(REGION, title=here.name, here=here, **told)


urlpatterns = [
    path("region/<str:code>/", region),
    path("", programme),
    path("<slug:code>/", indicator),
]
