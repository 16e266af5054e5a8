"""Answering: one page per section, everything kept at every step, reached by a secret link alone."""

from functools import wraps

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from platform_core.ground.texts.codes import content_code, interface_code, tag
from platform_core.ground.ui.languages import native_name

from .. import respondents, selectors, services
from ..answering import words


def with_draft(view):
    """Finds the unfinished answers behind the secret, or says in words why there are none any more."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def found(request, code, secret, **kwargs):
        draft = selectors.draft_behind(code, secret)
        if draft is None:
            return gone(request, code)
        try:
            response = view(request, draft, secret, **kwargs)
        except services.GoneError:
            return gone(request, code)
        except services.NotOpenError:
            response = redirect(request.path)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return found


def gone(request, code):
    consultation = selectors.consultation_for(request.user, code)
    return render(request, "consultations/gone.html", {"consultation": consultation}, status=410)


def page_address(draft, secret: str, number: int, language: str = "") -> str:
    address = reverse("consultations:answer", args=[draft.questionnaire.consultation.code, secret, number])
    return f"/{language}{address[len(get_language()) + 1 :]}" if language else address


@with_draft
def answer(request, draft, secret, number):
    """Shows a page of questions; a POST keeps what was typed, whatever button was pressed, and only then goes on."""
    if request.method != "POST":
        return show(request, draft, secret, respondents.section_page(draft, number), check=False)
    page = respondents.page_answered(draft, number, request.POST.get("section", ""))
    if page is None:
        return redirect(page_address(draft, secret, 1))
    number = page.number
    typed, keys = respondents.typed_answers(page.section, request.POST)
    if not draft.questionnaire.consultation.takes_answers:
        if "autosave" in request.POST:
            return JsonResponse({"saved": _("Not saved: the consultation is closed.")}, status=409)
        draft.answers = services.merged(draft.answers, typed, keys)
        return show(request, draft, secret, respondents.section_page(draft, number), check=False, status=409)
    before = {asked.code for asked in page.asked if asked.shown}
    services.keep(draft, typed, keys)
    return follow(request, draft, secret, page, before)


def follow(request, draft, secret, page, before: set[str]):
    """Where the pressed button leads."""
    pressed = request.POST
    if "autosave" in pressed:
        return JsonResponse({"saved": _("Saved at %(time)s") % {"time": time_format(timezone.localtime(), "H:i")}})
    if "language" in pressed and pressed["language"] in known_languages(draft):
        return redirect(page_address(draft, secret, page.number, interface_code(pressed["language"])))
    if "later" in pressed:
        return redirect("consultations:later", code=draft.questionnaire.consultation.code, secret=secret)
    if "back" in pressed:
        return redirect(page_address(draft, secret, max(1, page.number - 1)))
    return go_on(request, draft, secret, page.number, before)


def go_on(request, draft, secret, number, before: set[str]):
    page = respondents.section_page(draft, number, check=True)
    opened = {asked.code for asked in page.asked if asked.shown} - before
    seen_by_script = set(request.POST.get("seen", "").split())
    if page.errors:
        fresh = opened - seen_by_script
        for asked in page.asked:
            asked.errors = [] if asked.code in fresh else asked.errors
        return show(request, draft, secret, page, opened=bool(fresh), status=400)
    if opened - seen_by_script:
        return show(request, draft, secret, page, opened=True)
    if page.number < page.total:
        return redirect(page_address(draft, secret, page.number + 1))
    return redirect("consultations:review", code=draft.questionnaire.consultation.code, secret=secret)


def known_languages(draft) -> list[str]:
    return draft.questionnaire.consultation.languages


def show(request, draft, secret, page, *, check=True, opened=False, status=200):
    consultation = draft.questionnaire.consultation
    active = content_code(get_language())
    context = {
        "consultation": consultation,
        "page": page,
        "secret": secret,
        "title": words(page.section["title"]),
        "intro": words(page.section.get("text")),
        "errors": page.errors if check else [],
        "opened": opened,
        "languages": [
            {"code": code, "tag": tag(code), "name": native_name(interface_code(code)), "current": code == active}
            for code in known_languages(draft)
        ],
        "last": page.number == page.total,
        "closed": not consultation.takes_answers,
    }
    return render(request, "consultations/answer.html", context, status=status)


@with_draft
def later(request, draft, secret):
    consultation = draft.questionnaire.consultation
    number = respondents.first_problem(draft) or 1
    address = request.build_absolute_uri(page_address(draft, secret, number))
    return render(request, "consultations/later.html", {"consultation": consultation, "address": address})


@with_draft
def resume(request, draft, secret):
    """The short form of the resume link: goes to the first page with something to do."""
    return redirect(page_address(draft, secret, respondents.first_problem(draft) or 1))


@with_draft
def review(request, draft, secret):
    """Everything at a glance; sending it goes through here once more."""
    consultation = draft.questionnaire.consultation
    number = respondents.first_problem(draft)
    if number is not None:
        return redirect(page_address(draft, secret, number))
    if request.method == "POST" and consultation.takes_answers:
        person = request.user if request.user.is_authenticated else None
        response = services.send(draft, person=person)
        if person is not None:
            services.note_participation(consultation, person)
        return redirect("consultations:receipt", code=consultation.code, token=services.receipt(response))
    rows = list(enumerate(respondents.review(draft.questionnaire.structure, draft.answers), 1))
    closed = not consultation.takes_answers
    context = {"consultation": consultation, "secret": secret, "rows": rows, "closed": closed}
    status = 409 if closed and request.method == "POST" else 200
    return render(request, "consultations/review.html", context, status=status)


@never_cache
def receipt(request, code, token):
    response = response_or_404(code, token)
    rows = respondents.review(response.questionnaire.structure, response.answers)
    context = {"consultation": response.questionnaire.consultation, "token": token, "rows": rows, "response": response}
    return render(request, "consultations/receipt.html", context)


@never_cache
def own_answers(request, code, token):
    """A respondent's answers as a text file in the language of the page."""
    response = response_or_404(code, token)
    consultation = response.questionnaire.consultation
    nothing = _("No answer")
    lines = [str(consultation.title), "", _("Receipt: %(code)s") % {"code": token}, ""]
    for section, rows in respondents.review(response.questionnaire.structure, response.answers):
        lines += [section, "=" * len(section), ""]
        for question, given in rows:
            lines += [question, "  " + (given or nothing).replace("\n", "\n  "), ""]
    file = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    file["Content-Disposition"] = content_disposition_header(True, f"{consultation.code}.txt")
    return file


def response_or_404(code, token):
    response = services.response_behind(token)
    if response is None or response.questionnaire.consultation.code != code:
        raise Http404
    return response
