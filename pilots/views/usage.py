"""Two questions on records, and the page that tells what is used and why."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from repository.models import Record
from repository.selectors import record_for

from ..forms.usage import TopicForm, UsefulForm
from ..selectors import usage as selectors
from ..services import usage as services


@csrf_exempt
@require_POST
def useful(request, code):
    """Adds one to a number; nothing of the person is involved, so there is nothing another site could misuse."""
    found = record_for(request.user, code)
    if found.state != Record.State.PUBLISHED:
        raise Http404
    form = UsefulForm(request.POST)
    if not form.is_valid():
        return render(request, "pilots/useful.html", {"form": form, "record": found}, status=400)
    is_useful = form.cleaned_data["useful"] == "yes"
    counted = services.say(found, request, is_useful=is_useful, purpose=form.cleaned_data["purpose"])
    return render(request, "pilots/useful.html", {"record": found, "counted": counted})


@login_required
@permission_required("pilots.view_usage", raise_exception=True)
def overview(request):
    topics = selectors.topics_for(request.user)
    form = TopicForm(request.GET, topics=topics)
    chosen = form.cleaned_data if form.is_valid() else {"topic": None, "months": 0}
    topic = chosen["topic"] if chosen["topic"] is not None else next(iter(topics), None)
    if topic is None:
        raise Http404
    months = chosen["months"]
    found = selectors.everything(request.user, topic, selectors.months_ago(months) if months else None)
    if table := asked(request):
        wanted = next((one for one in found if one.code == request.GET.get("table")), found[0])
        return table(f"usage-{wanted.code}", wanted.head, wanted.rows)
    context = {
        "form": TopicForm(initial={"topic": topic, "months": months}, topics=topics),
        "months": months,
        "topic": topic,
        "name": topics[topic],
        "tables": [(one, list(range(1, len(one.head)))) for one in found],
    }
    return render(request, "pilots/usage.html", context)
