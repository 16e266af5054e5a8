"""The end of answering: going on later, having answers signed off, sending them, and what one holds afterwards."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from platform_core.ground.reports.papers import pages
from platform_core.ground.texts.codes import content_code
from platform_core.materials.files.serving import serve

from .. import protection, respondents, selectors, services
from ..forms.answers import MailForm, RemarkForm, SendForm
from ..questions import emptied, is_emptied
from ..structure import canonical_hash, questions
from .answering import gone, page_address, with_draft
from .invited import carrying, invitation_of, mailed

MAILS_PER_HOUR = 20


@with_draft
def later(request, draft, secret):
    """The link back, to copy or to be sent by mail, and the way to have the answers signed off."""
    consultation = draft.questionnaire.consultation
    number = respondents.first_problem(draft) or 1
    address = carrying(request, consultation, request.build_absolute_uri(page_address(draft, secret, number)))
    form = MailForm(request.POST if request.method == "POST" else None)
    sent = form.is_bound and form.is_valid()
    if sent and protection.count_address(request, "mail") > MAILS_PER_HOUR:
        form.add_error("email", _("Very many links were sent from your network within the hour. Please copy the link."))
        sent = False
    if sent:
        short = request.build_absolute_uri(reverse("consultations:resume", args=[consultation.code, secret]))
        sent = mailed(services.mail_link, consultation, carrying(request, consultation, short), form)
    context = {"consultation": consultation, "address": address, "secret": secret, "form": form, "sent": sent}
    return render(request, "consultations/later.html", context, status=400 if form.errors else 200)


@with_draft
def review(request, draft, secret):
    """Everything at a glance; sending it goes through here once more."""
    number = respondents.first_problem(draft)
    if number is not None:
        return redirect(page_address(draft, secret, number))
    return look_and_send(request, draft, {"secret": secret})


def look_and_send(request, draft, more: dict, sign_off: str = "", only_look: bool = False):
    consultation = draft.questionnaire.consultation
    posted = request.method == "POST" and not only_look
    form = SendForm(request.POST if posted else None, asks=consultation.asks_publication)
    sending = posted and draft.can_go_on and request.POST.get("seen", print_of(draft)) == print_of(draft)
    if sending and (not form.fields or form.is_valid()):
        try:
            return sent(request, draft, form, more.get("secret", ""), sign_off)
        except services.UnsignedError:
            return redirect(request.path)
    facts = respondents.facts_of(draft)
    rows = list(enumerate(respondents.review(draft.questionnaire.structure, draft.answers, facts), 1))
    closed = not draft.can_go_on
    context = {"consultation": consultation, "rows": rows, "closed": closed, "form": form, "draft": draft, **more}
    context["tells_who"] = (
        emptied(questions(selectors.structure_read(draft.questionnaire)), draft.answers) != draft.answers
    )
    context |= {"trap": protection.TRAP, "task": protection.task(), "seen": print_of(draft)}
    changed = posted and not sending
    refused = only_look and request.method == "POST"
    status = 409 if changed else 400 if form.errors or refused else 200
    return render(request, "consultations/review.html", context, status=status)


def print_of(draft) -> str:
    """Tells one state of the answers from another, so that nobody sends what she has not seen."""
    return canonical_hash(draft.answers)


def doubts_about(request, draft, secret: str, invitation) -> str:
    """Why the answers should be looked at first; what was sent before and is only changed was looked at."""
    if draft.revises_id or draft.is_test:
        return ""
    if draft.channel == services.INVITED and (invitation is None or services.is_spent(invitation)):
        return "invitation"
    if not selectors.is_there(draft):
        raise services.GoneError
    found = protection.doubts(request, secret, len(draft.answers))
    consultation = draft.questionnaire.consultation
    times = services.count_device(consultation, protection.device(request, consultation))
    return found or ("again" if times > settings.CONSULTATION_SENDS_PER_DEVICE else "")


def sent(request, draft, form: SendForm, secret: str, sign_off: str):
    consultation = draft.questionnaire.consultation
    if not form.is_bound or not form.fields:
        form.cleaned_data = {}
    person = request.user if request.user.is_authenticated else None
    invitation = invitation_of(request, consultation)
    doubts = doubts_about(request, draft, secret, invitation)
    response = services.send(draft, person=person, wish=form.wish, sign_off=sign_off, doubts=doubts)
    if response is None:
        return redirect("consultations:test_over", consultation.code)
    if person is not None:
        services.note_participation(consultation, person)
    if invitation is not None and draft.channel == services.INVITED and not draft.revises_id:
        services.note_use(invitation)
    services.note_sent(secret or sign_off, response)
    return redirect("consultations:receipt", code=consultation.code, token=services.receipt(response))


@with_draft
def ask_sign_off(request, draft, secret):
    """Gives the link for the person who signs off; asking again replaces it."""
    consultation = draft.questionnaire.consultation
    if not consultation.offers_sign_off:
        raise Http404
    number = respondents.first_problem(draft)
    if request.method != "POST" or number is not None:
        return redirect(page_address(draft, secret, number or 1))
    second = services.ask_sign_off(draft)
    address = request.build_absolute_uri(reverse("consultations:sign_off", args=[consultation.code, second]))
    address = carrying(request, consultation, address)
    context = {"consultation": consultation, "address": address, "secret": secret}
    return render(request, "consultations/sign_off_asked.html", context)


@csrf_exempt
@never_cache
def sign_off(request, code, secret):
    """For the responsible person: read, and send or give back with a remark."""
    draft = selectors.draft_to_sign(code, secret)
    if draft is None:
        return gone(request, code, secret)
    if "remark" in request.POST:
        return given_back(request, draft)
    if respondents.first_problem(draft) is not None:
        draft.remark = _("Something is missing or wrong in the answers now; please give them back.")
        return look_and_send(request, draft, {"signing": True, "back": RemarkForm(), "blocked": True}, only_look=True)
    try:
        response = look_and_send(request, draft, {"signing": True, "back": RemarkForm()}, sign_off=secret)
    except services.GoneError:
        return gone(request, code, secret)
    except services.NotOpenError:
        return redirect(request.path)
    response["Referrer-Policy"] = "no-referrer"
    return response


def given_back(request, draft):
    form = RemarkForm(request.POST)
    if form.is_valid():
        services.give_back(draft, form.cleaned_data["remark"])
        return redirect(request.path)
    return look_and_send(request, draft, {"signing": True, "back": form}, only_look=True)


@never_cache
def test_over(request, code):
    """Says that nothing was counted; the same for every code, so that it tells nobody what is being prepared."""
    return render(request, "consultations/test_over.html")


@never_cache
def receipt(request, code, token):
    response = response_or_404(code, token)
    consultation = response.questionnaire.consultation
    context = {
        "consultation": consultation,
        "token": token,
        "address": receipt_address(request, code, token),
        "rows": respondents.sent(response),
        "files": selectors.files_of(response),
        "response": response,
        "fingerprint": services.fingerprint(response),
        "is_emptied": is_emptied(response.answers),
        "may_change": consultation.may_change and consultation.takes_answers,
    }
    page = render(request, "consultations/receipt.html", context)
    page["Referrer-Policy"] = "no-referrer"
    return page


@csrf_exempt
@require_POST
def change(request, code, token):
    """Opens what was sent once more; until it is sent again the former answers stand."""
    try:
        secret = services.change(response_or_404(code, token))
    except services.NotOpenError:
        return redirect("consultations:receipt", code=code, token=token)
    return redirect("consultations:answer", code=code, secret=secret, number=1)


@never_cache
def own_answers(request, code, token, form):
    """A respondent's answers in the language of the page: as text and PDF to read, as JSON to keep."""
    response = response_or_404(code, token)
    file = WRITERS[form](response, receipt_address(request, code, token))
    file["Content-Disposition"] = content_disposition_header(True, f"{code}.{form}")
    return file


@never_cache
def own_file(request, code, token, question):
    """What a respondent handed in, as she handed it in."""
    found = selectors.handed_in(response_or_404(code, token), question)
    return serve(request, found.file, found.name)


def receipt_address(request, code, token) -> str:
    return request.build_absolute_uri(reverse("consultations:receipt", args=[code, token]))


def own_lines(response, address) -> list[str]:
    nothing = _("No answer")
    lines = [str(response.questionnaire.consultation.title), "", _("Receipt: %(code)s") % {"code": address}, ""]
    if response.notice:
        lines += [_("Privacy notice: version %(number)s") % {"number": response.notice}, ""]
    for section, rows in respondents.sent(response):
        lines += [section, "=" * len(section), ""]
        for question, given in rows:
            lines += [question, "  " + (given or nothing).replace("\n", "\n  "), ""]
    return lines


def as_text(response, address) -> HttpResponse:
    return HttpResponse("\r\n".join(own_lines(response, address)), content_type="text/plain; charset=utf-8")


def as_pdf(response, address) -> HttpResponse:
    title, _empty, *lines = own_lines(response, address)
    text = "\n".join(line for line in lines if set(line) != {"="})
    made = pages(title, [text.replace("\n  ", "\n\n")], content_code(get_language())[:2])
    return HttpResponse(made, content_type="application/pdf")


def as_json(response, address) -> JsonResponse:
    version = response.questionnaire
    held = {
        "consultation": version.consultation.code,
        "questionnaire": {"version": version.number, "sha256": version.sha256},
        "language": response.language,
        "day": response.day.isoformat(),
        "revision": response.revision,
        "publication": response.publication,
        "name": response.name,
        "privacy_notice": response.notice,
        "answers": response.answers,
        "fingerprint": services.fingerprint(response),
    }
    return JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})


WRITERS = {"txt": as_text, "pdf": as_pdf, "json": as_json}


def response_or_404(code, token):
    response = services.response_behind(token)
    if response is None or response.questionnaire.consultation.code != code:
        raise Http404
    return response
