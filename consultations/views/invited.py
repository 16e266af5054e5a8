"""Doors of their own: an invitation, an organisation's link, the register of those who took part."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from .. import protection, selectors, services
from ..forms.participation import RegisterForm
from ..selectors import invitations, registration

COOKIE = "invited-{}"
CARRIED = "invitation"
MAILS_TO_ONE = 6  # within the hour, as many as there are consultations


@csrf_exempt
@never_cache
def invited(request, code, secret):
    """An invitation: begin, or say no. It stays good until its answers are sent."""
    found = services.invitation_behind(code, secret)
    if found is None:
        return render(request, "consultations/invited_unknown.html", {"code": code}, status=404)
    if "decline" in request.POST:
        services.decline(found)
        found.declined = True
    spent = services.is_spent(found)
    if "begin" in request.POST and not spent and found.consultation.takes_answers:
        return begin_invited(request, found, secret)
    context = {"invitation": found, "consultation": found.consultation, "spent": spent}
    response = render(request, "consultations/invited.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def begin_invited(request, invitation, secret):
    consultation = invitation.consultation
    version = selectors.current_version(consultation)
    draft = services.begin(consultation, version, channel=services.INVITED, audience=invitation.audience)
    response = redirect("consultations:answer", code=consultation.code, secret=draft, number=1)
    return bearing(request, response, consultation, secret)


def bearing(request, response, consultation, secret):
    """The browser keeps the invitation until the closing, so that its use is noted when answers are sent."""
    response.set_cookie(
        COOKIE.format(consultation.code),
        secret,
        expires=consultation.closes_at,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def secret_of(request, consultation) -> str:
    return request.GET.get(CARRIED) or request.COOKIES.get(COOKIE.format(consultation.code), "")


def invitation_of(request, consultation):
    """The invitation this browser, or the link it followed, came with."""
    return services.invitation_behind(consultation.code, secret_of(request, consultation))


def carrying(request, consultation, address: str) -> str:
    """A link that takes the invitation along to another browser."""
    secret = secret_of(request, consultation)
    return f"{address}?{urlencode({CARRIED: secret})}" if secret else address


@csrf_exempt
@never_cache
def via(request, code, outreach):
    """An organisation's link: the page of the consultation, with a beginning that keeps the link's code."""
    consultation = selectors.consultation_for(request.user, code)
    link = invitations.link_for(consultation, outreach)
    if request.method == "POST" and protection.is_flooded(request):
        return render(
            request, "consultations/crowded.html", {"consultation": consultation, "is_flood": True}, status=429
        )
    if request.method == "POST":
        try:
            secret = services.begin(consultation, selectors.current_version(consultation), channel=link.code)
        except services.NotOpenError:
            return redirect(consultation)
        return redirect("consultations:answer", code=code, secret=secret, number=1)
    return render(request, "consultations/via.html", {"consultation": consultation, "link": link})


@csrf_exempt
@never_cache
def register(request, code):
    """Asking to be counted as a participant, of one's own will and apart from any answer; the link goes to the address."""
    consultation = selectors.consultation_for(request.user, code)
    form = RegisterForm(request.POST if request.method == "POST" else None, consultation=consultation)
    done = form.is_bound and form.is_valid()
    if done and protection.is_crowded(request, "register"):
        return render(request, "consultations/crowded.html", {"consultation": consultation}, status=429)
    if done:
        secret = services.entry_token(consultation, **form.cleaned_data)
        address = request.build_absolute_uri(reverse("consultations:registered", args=[code, secret]))
        if protection.count(f"register {form.cleaned_data['email'].lower()}") <= MAILS_TO_ONE:
            done = mailed(services.mail_entry, consultation, address, form)
    context = {"consultation": consultation, "form": form, "done": done}
    return render(request, "consultations/register.html", context, status=400 if form.errors else 200)


def mailed(send, consultation, address: str, form) -> bool:
    """Whether a link went to the address that was typed; the form says so where it did not."""
    try:
        send(consultation, address, form.cleaned_data["email"])
    except OSError:  # all that a mail server refuses
        form.add_error("email", gettext("The mail could not be sent. Please try again later."))
        return False
    return True


@csrf_exempt
@never_cache
def registered(request, code, secret):
    """Behind the link of the mail: being counted, and leaving the register of all consultations again."""
    consultation = selectors.consultation_for(request.user, code)
    found = services.entry_behind(consultation, secret)
    if found is None:
        return render(request, "consultations/invited_unknown.html", {"code": code, "entry": True}, status=404)
    digest, facts = found
    if "count" in request.POST:
        services.register(consultation, digest, **facts)
    if left := "leave" in request.POST:
        services.leave_register(digest)
    context = {"consultation": consultation, "left": left, "counted": registration.is_counted(consultation, digest)}
    response = render(request, "consultations/registered.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
