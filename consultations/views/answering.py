"""Answering: one page per section, everything kept at every step, reached by a secret link alone."""

from functools import wraps
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from platform_core.ground.texts.codes import active_code, content_code, interface_code, tag
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
            return gone(request, code, secret)
        try:
            response = view(request, draft, secret, **kwargs)
        except services.GoneError:
            return gone(request, code, secret)
        except services.NotOpenError:
            response = redirect(request.path)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return found


def gone(request, code, secret):
    """Says that nothing is here any more; the second click of a double click still leads to the receipt."""
    consultation = selectors.consultation_for(request.user, code)
    if "send" in request.POST and (token := services.just_sent(secret)):
        return redirect("consultations:receipt", code=code, token=token)
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
    draft.language = active_code()
    typed, keys = respondents.typed_answers(page.section, request.POST)
    if not draft.can_go_on:
        if "autosave" in request.POST:
            return JsonResponse({"saved": _("Not saved: the consultation is closed.")}, status=409)
        draft.answers = services.merged(draft.answers, typed, keys)
        return show(request, draft, secret, respondents.section_page(draft, number), check=False, status=409)
    before = {asked.code for asked in page.asked if asked.shown}
    refused = take_files(request, draft, page.section, typed, keys)
    contested = services.keep(draft, typed, keys, window_of(request))
    if "autosave" in request.POST:
        return autosaved(page, typed, contested, request.POST.get("stood", ""))
    if refused or contested:
        return show_refused(request, draft, secret, number, refused, {key: typed.get(key) for key in contested})
    return follow(request, draft, secret, page, before)


def window_of(request) -> services.Window:
    typed = request.POST
    turn = typed.get("turn", "")
    return services.Window(
        page=typed.get("page", "")[:12],
        turn=int(turn) if turn.isdecimal() and len(turn) < 6 else 0,
        stood=respondents.marks_in(typed.get("stood", "")),
        by_itself="autosave" in typed,
    )


def autosaved(page, typed, contested: set[str], stood: str):
    """Tells when it was saved, and the marks of what now stands in this window."""
    told = _("Saved at %(time)s") % {"time": time_format(timezone.localtime(), "H:i")}
    if contested:
        told = _("Somebody has changed an answer here in another window. “Next” shows which.")
    before = respondents.marks_in(stood)
    now = {**respondents.marks_in(respondents.marks_of(page.section, typed)), **{key: before[key] for key in contested}}
    marks = " ".join(f"{key}:{mark}" for key, mark in now.items())
    return JsonResponse({"saved": told, "stood": marks}, status=409 if contested else 200)


def take_files(request, draft, section, typed, keys) -> dict[str, list[str]]:
    """Keeps the files handed in on a page; gives what was wrong with the others, by question."""
    refused = {}
    for question in section["questions"]:
        code = question["code"]
        if question["type"] != "file":
            continue
        if f"{code}.remove" in request.POST and "autosave" not in request.POST:
            services.detach(draft, code)
            keys.add(code)
        if upload := request.FILES.get(code):
            try:
                typed[code] = services.attach(draft, question, upload)
                keys.add(code)
            except ValidationError as problem:
                refused[code] = problem.messages
    return refused


def show_refused(request, draft, secret, number, refused, contested):
    page = respondents.section_page(draft, number)
    for asked in page.asked:
        asked.errors = refused.get(asked.code, [])
        respondents.contest(asked, draft, contested)
    return show(request, draft, secret, page, status=400 if refused else 409)


def follow(request, draft, secret, page, before: set[str]):
    """Where the pressed button leads."""
    pressed = request.POST
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
    if not page.asked:
        return show(request, draft, secret, page)
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
        "version": draft.questionnaire,
        "page": page,
        "window": token_hex(4),
        "secret": secret,
        "title": words(page.section["title"]) or _("No question here is meant for you"),
        "intro": words(page.section.get("text")),
        "errors": page.errors if check else [],
        "opened": opened,
        "languages": [
            {"code": code, "tag": tag(code), "name": native_name(interface_code(code)), "current": code == active}
            for code in known_languages(draft)
        ],
        "last": page.number == page.total,
        "closed": not draft.can_go_on,
    }
    return render(request, "consultations/answer.html", context, status=status)


@with_draft
def resume(request, draft, secret):
    """The short form of the resume link: goes to the first page with something to do."""
    return redirect(page_address(draft, secret, respondents.first_problem(draft) or 1))
