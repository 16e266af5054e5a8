"""What the page of a region in a benchmark is measured against: a bare view that reads the same rows with two queries."""

from django.urls import path

from benchmarking.models import RunArea, RunNode
from benchmarks.floors import page

BODY = """<p>{{ own.code }} {{ own.rank }} {{ own.rank_low }} {{ own.rank_high }} {{ own.score }}</p>
<ul>{% for peer in peers %}<li><a href="/en/{{ peer.code }}/">{{ peer.name }}</a> {{ peer.rank }} {{ peer.rank_low }}
{{ peer.rank_high }} {{ peer.score }}{% endfor %}</ul>
<table>{% for name, unit, figure in rows %}<tr><th>{{ name }}<td>{{ figure.value }} {{ unit }}<td>{{ figure.year }}<td>{{ figure.flag }}
<td>{{ figure.normalised }}<td>{{ figure.contribution }}{% endfor %}</table>"""


def profile(request, run, codes):
    """The region named first and its peers, as they are stored."""
    wanted = codes.split(",")
    found = {area.code: area for area in RunArea.objects.filter(run=run, code__in=wanted)}
    own, peers = found[wanted[0]], [found[code] for code in wanted[1:]]
    told = own.profile["indicators"]
    nodes = RunNode.objects.filter(run=run)
    rows = [(node.name, node.unit, told[node.code]) for node in nodes if node.code in told]
    return page(BODY, title=own.name, own=own, peers=peers, rows=rows)


urlpatterns = [path("<int:run>/<str:codes>/", profile)]
