"""What the product is measured against: bare views that read the same rows with two queries and fill a plain template."""

from secrets import token_hex
from time import process_time

from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from consultations.models import AnswerDraft, Questionnaire
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import Audience
from platform_core.programme.search.backends.sqlite import KEY
from platform_core.programme.search.listing import Known
from platform_core.programme.search.models import SearchEntry
from platform_core.programme.search.selectors import Answer, Question
from repository.models import Record

ROWS = 20
MARK = "floor-"
PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{{ title }}</title><body><h1>{{ title }}</h1>"
RECORD = """<p>{{ record.summary }}</p><div>{{ record.description|linebreaks }}</div><p>{{ record.year }} {{ record.licence }}
<ul>{% for topic in topics %}<li>{{ topic.name }}{% endfor %}</ul>"""
LIST = """<p>{{ total }} results</p><ul>{% for row in rows %}<li><a href="/en/repository/{{ row.key }}/">{{ row.title }}</a>
<p>{{ row.summary }}</p><time>{{ row.day }}</time>{% endfor %}</ul>"""
CHOICES = "<ul>{% for facet, value, count in counts %}<li>{{ facet }} {{ value }} {{ count }}{% endfor %}</ul>"
RANKED = {
    "sqlite": f"""SELECT entry.* FROM search_entry_words JOIN search_searchentry entry ON entry.id = {KEY}
        WHERE search_entry_words MATCH %s ORDER BY bm25(search_entry_words) LIMIT 20""",
    "postgresql": """SELECT entry.* FROM search_entry_words JOIN search_searchentry entry ON entry.id = entry_id
        WHERE words @@ to_tsquery('simple', %s) ORDER BY ts_rank(words, to_tsquery('simple', %s)) DESC LIMIT 20""",
}
COUNTED = {
    "sqlite": "SELECT count(*) FROM search_entry_words WHERE search_entry_words MATCH %s",
    "postgresql": "SELECT count(*) FROM search_entry_words WHERE words @@ to_tsquery('simple', %s)",
}

FACETS = {
    "sqlite": f"""SELECT facet.dimension, facet.value, count(*) FROM search_entry_words
        JOIN search_searchfacet facet ON facet.entry_id = {KEY}
        WHERE search_entry_words MATCH %s GROUP BY facet.dimension, facet.value""",
    "postgresql": """SELECT facet.dimension, facet.value, count(*) FROM search_entry_words words
        JOIN search_searchfacet facet ON facet.entry_id = words.entry_id
        WHERE words.words @@ to_tsquery('simple', %s) GROUP BY facet.dimension, facet.value""",
}


def page(body: str, **context) -> HttpResponse:
    return HttpResponse(template(body).render(context))


def template(body: str, kept={}):  # noqa: B006 - compiled once
    if body not in kept:
        kept[body] = engines["django"].from_string(PAGE + body)
    return kept[body]


def record(request, code):
    found = get_object_or_404(Record, code=code)
    return page(RECORD, title=found.title, record=found, topics=found.topics.all())


def newest(request):
    start = (int(request.GET.get("page", "1")) - 1) * ROWS
    rows = SearchEntry.objects.filter(thing="repository.record", openness=0).order_by("-day", "-id")
    total = Audience.objects.filter(thing="repository.record", key="public").count()  # from an index alone
    return page(LIST, title="Newest", total=total, rows=rows[start : start + ROWS])


def search(request):
    """The bare full-text view: it ranks every hit and counts them, whatever their number."""
    return page(LIST, **ranked(request))


def search_drawn(request):
    """The bare full-text view in the product's own page, without facets."""
    found = ranked(request)
    question = Question(words=found["title"], thing="repository.record")
    answer = Answer(question, found["total"], False, list(found["rows"]), {}, {})
    context = {"question": question, "answer": answer, "rows": [drawn(row) for row in answer.entries]}
    return render(request, "repository/records.html", context | {"page": Known(answer).get_page(1)})


def drawn(entry: SearchEntry) -> dict:
    """What a row shows where nothing but the entry is read."""
    address = f"/en/repository/{entry.key}/"
    return {"title": entry.title, "summary": entry.summary, "address": address, "language": "", "meta": [], "topic": 0}


def search_and_count(request):
    """The naive view with facets: it ranks every hit and counts each facet of every hit."""
    with connection.cursor() as cursor:
        cursor.execute(FACETS[connection.vendor], [request.GET["q"].lower()])
        return page(LIST + CHOICES, counts=cursor.fetchall(), **ranked(request))


def ranked(request) -> dict:
    word, sql = request.GET["q"].lower(), RANKED[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor], [word])
        total = cursor.fetchone()[0]
    return {"title": word, "total": total, "rows": SearchEntry.objects.raw(sql, [word] * sql.count("%s"))}


@csrf_exempt
def insert(request):
    """One row from one form; nothing is looked at."""
    AnswerDraft.objects.create(
        questionnaire_id=questionnaire(),
        secret_hash=MARK + token_hex(16),
        language="en",
        answers=request.POST.dict(),
        day=platform_day(),
    )
    return HttpResponseRedirect("/en/")


def spent(_request):
    """Processor seconds of this process."""
    return HttpResponse(str(process_time()))


def questionnaire(kept=[]) -> int:  # noqa: B006 - read once
    if not kept:
        kept.append(Questionnaire.objects.values_list("pk", flat=True).get())
    return kept[0]


urlpatterns = [
    path("record/<slug:code>/", record),
    path("list/", newest),
    path("search/", search),
    path("search-drawn/", search_drawn),
    path("search-and-count/", search_and_count),
    path("insert/", insert),
    path("spent/", spent),
]
