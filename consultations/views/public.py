from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.materials.files.serving import serve_picture
from platform_core.materials.trails.selectors import around
from platform_core.programme.monitoring.counting import noted
from repository.selectors import record_about

from .. import protection, selectors, services
from ..models import Consultation
from ..presentation import readings, results_context
from ..selectors import invitations, registration

PER_PAGE = 50
BEFORE = (Consultation.State.DRAFT, Consultation.State.REVIEW, Consultation.State.APPROVED)


@cached_for_guests
def listing(request):
    finished = Paginator(selectors.finished(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"open": selectors.open_ones(request.user), "finished": finished}
    return render(request, "consultations/listing.html", context)


@cached_for_guests
def consultation(request, code):
    found = selectors.consultation_for(request.user, code)
    versions = selectors.published_versions(found)
    version = versions[0]
    context = {
        "consultation": found,
        "version": version,
        "versions": versions,
        "sections": version.structure["sections"],
        "languages": readings(found),
        "places": selectors.places_asked(found),
        "aside": registration.count_aside(found) if found.state == Consultation.State.PUBLISHED else 0,
        "own_links": invitations.own_outreach(request.user, found),
        "site": settings.SITE_URL,
        "asked_here": active_code() in found.languages,
        "has_trail": found.state == Consultation.State.PUBLISHED or bool(around(request.user, found)),
        "record": record_about(selectors.LABEL, found.pk) if found.state == Consultation.State.PUBLISHED else None,
    }
    return counted(render(request, "consultations/consultation.html", context), found)


def counted(response: HttpResponse, found: Consultation) -> HttpResponse:
    """That it is looked at is counted once it is open; who looks is not kept, and nothing of answers is near it."""
    return response if found.state in BEFORE else noted(response, selectors.LABEL, found)


@csrf_exempt
@require_POST
def begin(request, code):
    """Opens unfinished answers; nothing of the person is involved, so there is nothing another site could misuse.

    In a crowd it opens them too; then the browser has to do some work before they are sent, or they are looked at first.
    """
    found = selectors.consultation_for(request.user, code)
    if found.mode == Consultation.Mode.ATTRIBUTED and not request.user.is_authenticated:
        return redirect_to_login(found.get_absolute_url())
    if protection.is_flooded(request):
        return render(request, "consultations/crowded.html", {"consultation": found, "is_flood": True}, status=429)
    try:
        in_a_crowd = protection.is_crowded(request, "begin")
        secret = services.begin(found, selectors.version_to_answer(found), in_a_crowd=in_a_crowd)
    except services.NotOpenError:
        return redirect(found)
    return redirect("consultations:answer", code=code, secret=secret, number=1)


@cached_for_guests
def results(request, code):
    found = selectors.consultation_for(request.user, code)
    figures = selectors.results_for(request.user, found)
    if figures is None:
        return redirect(found)
    page = render(request, "consultations/results.html", results_context(found, figures, request.GET.get("by")))
    return counted(page, found)


@cached_for_guests
def results_section(request, code, number):
    """One section of the results, with the way to the one before and after it."""
    found = selectors.consultation_for(request.user, code)
    figures = selectors.results_for(request.user, found)
    if figures is None:
        return redirect(found)
    context = results_context(found, figures, request.GET.get("by"), number)
    if not context["sections"]:
        raise Http404
    context |= {"number": number, "before": number - 1, "total": len(context["contents"])}
    context["after"] = number + 1 if number < context["total"] else 0
    return render(request, "consultations/results_section.html", context)


def image(request, code, sha256):
    """A picture beside a question, for everybody who may see the consultation."""
    found = selectors.consultation_for(request.user, code)
    return serve_picture(request, selectors.illustration(found, sha256))
