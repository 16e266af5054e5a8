"""What the page of a trail is measured against: its relations and its things in two queries, and a plain list of both."""

from django.db.models import Q
from django.urls import path

from benchmarks.floors import page
from platform_core.materials.trails.models import Trail
from repository.models import Record

BODY = """<ul>{% for thing in things %}<li><a href="/en/repository/{{ thing.code }}/">{{ thing.title }}</a>{% endfor %}</ul>
<table>{% for row in rows %}<tr><td>{{ row.object_id }}<td>{{ row.kind }}<td>{{ row.other_id }}<td>{{ row.note }}{% endfor %}</table>"""


def trail(request, pk):
    code = Record.objects.values_list("code", flat=True).get(pk=pk).partition("-")[0]
    things = list(Record.objects.filter(code__startswith=f"{code}-"))
    pks = [thing.pk for thing in things]
    rows = Trail.objects.filter(Q(object_id__in=pks) | Q(other_id__in=pks))
    return page(BODY, title="Trail", things=things, rows=rows)


urlpatterns = [path("<int:pk>/", trail)]
