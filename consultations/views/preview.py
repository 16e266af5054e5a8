"""The questions as respondents will see them: a preview that stores nothing, and a test that never counts."""

from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import CODES, content_code, interface_code, tag
from platform_core.ground.ui.languages import native_name

from .. import services, trying
from ..answering import words
from ..questions.kinds import codes, names
from ..selectors import drafting as selectors

WIDTHS = ("narrow", "middle", "wide")


def number_in(request, name: str, most: int) -> int:
    typed = request.GET.get(name, "")
    return min(max(1, int(typed)), max(1, most)) if typed.isdecimal() and len(typed) < 6 else 1


@never_cache
@login_required
def preview(request, code):
    """Chooses language, width and section of what the frame shows."""
    found = selectors.read_for(request.user, code)
    version = selectors.newest(found)
    sections = version.structure["sections"]
    language = request.GET.get("language", "")
    width = request.GET.get("width", "")
    context = {
        "consultation": found,
        "version": version,
        "sections": [(number, words(section.get("title"))) for number, section in enumerate(sections, 1)],
        "number": number_in(request, "section", len(sections)),
        "languages": [(interface_code(one), tag(one), native_name(interface_code(one))) for one in CODES],
        "language": language if language in map(interface_code, CODES) else get_language(),
        "widths": [("narrow", _("Telephone")), ("middle", _("Tablet")), ("wide", _("Wide"))],
        "width": width if width in WIDTHS else "narrow",
        "audiences": list(names(version.structure, "audiences").items()),
        "asked": (asked := asked_for(request, version.structure)),
        "more": f"?{urlencode(asked)}" if asked else "",
        "may_test": any(section["questions"] for section in sections),
    }
    return render(request, "consultations/preview.html", context)


def asked_for(request, structure) -> dict[str, str]:
    """What the frame is asked for beside its section."""
    audience = chosen(request, "audience", codes(structure, "audiences"))
    return {**({"audience": audience} if audience else {}), **({"all": "1"} if "all" in request.GET else {})}


@never_cache
@login_required
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
def section(request, code, number):
    """One section in the very templates respondents get, following what was typed so far; nothing is kept."""
    found = selectors.read_for(request.user, code)
    structure = selectors.newest(found).structure
    if not 1 <= number <= len(structure["sections"]):
        return redirect("consultations:preview", code)
    if "autosave" in request.POST:
        return JsonResponse({"saved": _("A preview keeps nothing.")})
    draft = trying.begun(structure, chosen(request, "audience", codes(structure, "audiences")), request.POST)
    step = trying.step(draft, number, request.POST, everything="all" in request.GET)
    return render(request, "consultations/answer.html", shown(found, draft, step), status=400 if step.errors else 200)


def chosen(request, name: str, known) -> str:
    typed = request.GET.get(name, "")
    return typed if typed in known else ""


def shown(found, draft, step) -> dict:
    part = step.page.section
    active = content_code(get_language())
    return {
        "consultation": found,
        "page": step.page,
        "title": words(part.get("title")),
        "intro": words(part.get("text")),
        "errors": step.errors,
        "opened": step.opened,
        "hidden": step.hidden,
        "over": step.is_over,
        "carried": trying.carried(draft),
        "languages": [{"code": active, "tag": tag(active), "name": native_name(get_language()), "current": True}],
        "last": step.is_last,
        "preview": True,
    }


@login_required
@require_POST
def test(request, code):
    """Begin answers that go all the way and are never counted."""
    found = selectors.read_for(request.user, code)
    version = selectors.newest(found)
    if not any(part["questions"] for part in version.structure["sections"]):
        messages.error(request, _("There are no questions yet."))
        return redirect("consultations:preview", code)
    secret = services.begin(found, version, is_test=True)
    return redirect("consultations:answer", code=code, secret=secret, number=1)
