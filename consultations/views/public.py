from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code, interface_code, tag
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from repository.selectors import record_about

from .. import selectors, services
from ..models import Consultation
from ..presentation import results_context


@cached_for_guests
def listing(request):
    context = {"open": selectors.open_ones(request.user), "finished": selectors.finished(request.user)[:50]}
    return render(request, "consultations/listing.html", context)


@cached_for_guests
def consultation(request, code):
    found = selectors.consultation_for(request.user, code)
    version = selectors.current_version(found)
    languages = [(tag(code), native_name(interface_code(code)), interface_code(code)) for code in found.languages]
    context = {
        "consultation": found,
        "version": version,
        "sections": version.structure["sections"],
        "languages": languages,
        "asked_here": active_code() in found.languages,
        "record": record_about(selectors.LABEL, found.pk) if found.state == Consultation.State.PUBLISHED else None,
    }
    return render(request, "consultations/consultation.html", context)


@csrf_exempt
@require_POST
def begin(request, code):
    """Opens unfinished answers; nothing of the person is involved, so there is nothing another site could misuse."""
    found = selectors.consultation_for(request.user, code)
    try:
        secret = services.begin(found, selectors.current_version(found))
    except services.NotOpenError:
        return redirect(found)
    return redirect("consultations:answer", code=code, secret=secret, number=1)


@cached_for_guests
def results(request, code):
    found = selectors.consultation_for(request.user, code)
    figures = selectors.results_for(request.user, found)
    if figures is None:
        return redirect(found)
    return render(request, "consultations/results.html", results_context(found, figures, request.GET.get("by", "")))
