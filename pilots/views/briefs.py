from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from consultations.protection import count_address
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.monitoring.counting import Use

from .. import brief_paper, reach
from ..forms.briefs import BriefForm
from ..selectors import briefs as selectors

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FILES_PER_HOUR = 60


@cached_for_guests
def choose(request):
    """Region and topic; one of them may be given already by the page that led here."""
    given = request.GET
    is_sent = "region" in given and "topic" in given
    form = BriefForm(given) if is_sent else BriefForm(initial={name: given.get(name) for name in ("region", "topic")})
    if is_sent and form.is_valid():
        return redirect("pilots:brief", code=form.cleaned_data["region"], topic=form.cleaned_data["topic"])
    return render(request, "pilots/briefs.html", {"form": form}, status=400 if form.errors else 200)


@cached_for_guests
def brief(request, code, topic):
    found = brief_for(request, code, topic)
    picked = [one.record.code for one in found.beside]
    context = {"brief": found, "picked": picked, "query": request.GET.urlencode(), "most": selectors.BESIDE}
    return counted(render(request, "pilots/brief.html", context), found)


def file(request, code, topic, form):
    """Two pages to take along, in the language of the page. Whoever asks for very many waits."""
    found = brief_for(request, code, topic)
    if not request.user.is_authenticated and count_address(request, "brief") > FILES_PER_HOUR:
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    try:
        content = brief_paper.file_of(found, form, active_code())
    except brief_paper.CrowdedError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    response = HttpResponse(content, content_type=MEDIA[form])
    response["Content-Disposition"] = content_disposition_header(True, f"brief-{code}-{topic}.{form}")
    response["Cache-Control"] = "private, no-cache"
    return counted(response, found, "downloads")


def counted(response: HttpResponse, found: selectors.Brief, deed: str = "views") -> HttpResponse:
    response.used = Use(reach.BRIEF, reach.key_of_brief(found.region, found.topic), deed)
    return response


def brief_for(request, code: str, number: int | str) -> selectors.Brief:
    region, topic = vocabulary.region(code), vocabulary.topic(int(number))
    if region is None or topic is None:
        raise Http404
    return selectors.brief(request.user, region, topic, request.GET.getlist("practice")[: selectors.OFFERED])
