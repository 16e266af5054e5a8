from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.core.signing import BadSignature, dumps, loads
from django.db import transaction
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.reports.tables import csv_response
from platform_core.ground.ui.problems import show_problem

from .. import invitations
from ..forms.invitations import BulkForm, InviteForm, NewAccountForm

SALT = "members.invitations"


def activity_words(invitation) -> str:
    """The activity in words; empty for an invitation without one."""
    kind = thing_kind(invitation.thing)
    thing = kind.visible(invitation.invited_by).filter(pk=invitation.object_id).first() if kind else None
    return f"{kind.name}: {kind.title(thing)}" if kind and thing else ""


def mail(invitation, secret: str) -> None:
    """In the language of whoever is invited; the link stands in this mail and nowhere else."""
    with override(invitation.language):
        context = {
            "invitation": invitation,
            "activity": activity_words(invitation),
            "address": settings.SITE_URL + reverse("members:accept", args=[secret]),
            "days": invitations.DAYS,
        }
        subject = _("An invitation to ClusterPoliSEE")
        send_mail(subject, render_to_string("members/invitation.txt", context), None, [invitation.email])


@login_required
@permission_required("members.invite", raise_exception=True)
def sent(request):
    """The invitations of the reader and what became of them."""
    page = Paginator(invitations.invitations(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "members/invitations.html", {"page": page})


@login_required
@permission_required("members.invite", raise_exception=True)
def invite(request):
    """Invite one person; `thing` and `pk` in the address name the activity."""
    activity = invitations.activity_of(request.user, request.GET.get("thing", ""), request.GET.get("pk", ""))
    kind = thing_kind(activity[0]) if activity else None
    changes = bool(kind and kind.invite_to_change)
    form = InviteForm(request.POST or None, person=request.user, has_activity=bool(activity), changes=changes)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                invitation, secret = invitations.invite(by=request.user, activity=activity, **form.cleaned_data)
                mail(invitation, secret)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The invitation is on its way to %(address)s.") % {"address": invitation.email})
            return redirect("members:invitations")
    return render(request, "members/invite.html", {"form": form}, status=400 if form.errors else 200)


def template(request):
    """The table to fill in, with one line as an example."""
    example = ["person@example.org", "Name", "code-of-the-organisation", "Adviser", "en", "2026-01-01", ""]
    return csv_response("invitations", list(invitations.COLUMNS), [example])


@login_required
@permission_required("members.invite", raise_exception=True)
def bulk(request):
    """Many at once: first what would happen, line by line, then the deed."""
    if "rows" in request.POST:
        return invite_all(request)
    form = BulkForm(request.POST or None, request.FILES or None)
    rows = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = invitations.read_rows(form.cleaned_data["table"], request.user)
        except ValidationError as problem:
            form.add_error("table", problem.messages)
    wrong = [row for row in rows or [] if row.problems]
    signed = dumps([row.typed for row in rows], salt=SALT, compress=True) if rows and not wrong else ""
    context = {"form": form, "rows": rows, "wrong": wrong, "signed": signed, "columns": ", ".join(invitations.COLUMNS)}
    return render(request, "members/bulk.html", context, status=400 if form.errors else 200)


def invite_all(request):
    try:
        typed = loads(request.POST["rows"], salt=SALT, max_age=3600)
    except BadSignature:
        messages.error(request, _("This took too long. Please send the table again."))
        return redirect("members:bulk")
    rows = [invitations.Row(number, one) for number, one in enumerate(typed, start=2)]
    try:
        with transaction.atomic():
            made = invitations.invite_all(rows, by=request.user)
            for invitation, secret in made:
                mail(invitation, secret)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("members:bulk")
    messages.success(request, _("%(n)s invitations are on their way.") % {"n": len(made)})
    return redirect("members:invitations")


@login_required
@require_POST
def revoke(request, pk):
    invitations.revoke(invitations.invitation_for(request.user, pk), by=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("members:invitations")


@never_cache
def accept(request, secret):
    """What the link in the mail opens: an invitation to accept with one's account or with a new one."""
    found = invitations.link_behind(secret)
    if found is None:
        return render(request, "members/invitation_gone.html", status=410)
    _link, invitation = found
    signed_in = request.user.is_authenticated
    form = None if signed_in else NewAccountForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and (signed_in or form.is_valid()):
        try:
            if signed_in:
                invitations.accept(secret, request.user)
            else:
                begin_session(request, secret, form.cleaned_data)
        except ValidationError as problem:
            if form is None:
                return render(request, "members/invitation_gone.html", status=410)
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Welcome. The invitation is accepted."))
            return redirect(address_of(invitation, request.user))
    context = {"invitation": invitation, "form": form, "activity": activity_words(invitation)}
    response = render(request, "members/accept.html", context, status=400 if form and form.errors else 200)
    # With no-referrer, browsers send a form without the origin that the check against forged requests asks for.
    response["Referrer-Policy"] = "same-origin"
    return response


def begin_session(request, secret: str, typed: dict) -> None:
    person = invitations.accept_with_new_account(secret, name=typed["name"], password=typed["password"])
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, person, method="password")


def address_of(invitation, person) -> str:
    """The activity, when it is open to the person already; else her organisations."""
    kind = thing_kind(invitation.thing)
    person.__dict__.pop("_audience_keys", None)
    thing = kind.visible(person).filter(pk=invitation.object_id).first() if kind else None
    return kind.address(thing) if kind and thing else reverse("members:own")
