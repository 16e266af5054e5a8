from datetime import timedelta
from functools import cache

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files

from ..models import Call, Candidate, Expression
from ..selectors.expressions import PURPOSE

Consent, Seat = Candidate.Consent, Candidate.Seat
LINK = timedelta(days=180)


def write(expression: Expression, people: list[dict], *, by) -> None:
    """Those named now; whoever was named before keeps her answer and her files."""
    held = {row.email.lower(): row for row in expression.candidates.all()}
    wanted = {person["email"].lower() for person in people}
    expression.candidates.exclude(pk__in=[row.pk for email, row in held.items() if email in wanted]).delete()
    for person in people:
        row = held.get(person["email"].lower()) or Candidate(expression=expression, email=person["email"])
        row.role, row.name, row.experience = person["role"], person["name"], person["experience"]
        row.person = accounts.person_with(row.email)
        if cv := person.get("cv"):
            row.cv, row.cv_name = files.keep(cv, cv.name, by=by), cv.name[:150]
        row.save()
        row.competences.all().delete()
        for words in person["competences"]:
            concept = concepts_by_name().get(words.casefold())
            row.competences.create(concept_id=concept, words="" if concept else words)
        if not expression.call.is_sealed and row.consent == Consent.ASKED:
            ask_one(row)


@cache
def concepts_by_name() -> dict[str, str]:
    """Codes of keywords by what they are called in any language."""
    return {name.casefold(): one.code for one in vocabulary.concepts() for name in one.label.values()}


def ask(expression: Expression) -> None:
    for candidate in expression.candidates.filter(consent=Consent.ASKED).select_related("expression__call"):
        ask_one(candidate)


def ask_one(candidate: Candidate) -> None:
    """Somebody is told that she was named, and asked whether she agrees: in the platform, or by mail with a link."""
    audit.record("workinggroups.candidate_named", candidate)
    if candidate.person_id is None:
        until = timezone.now() + LINK
        _link, secret = access.issue_link(PURPOSE, candidate, expires_at=until)
        write_to(candidate, secret)


def write_to(candidate: Candidate, secret: str) -> None:
    with override(interface_code(candidate.expression.language)):
        address = settings.SITE_URL + reverse("workinggroups:candidate_link", args=[secret])
        context = {"candidate": candidate, "expression": candidate.expression, "address": address}
        text = render_to_string("workinggroups/candidate.txt", context)
        send_mail(_("You were named for a seat in a working group"), text, None, [candidate.email])


def offer(candidate: Candidate, *, by) -> None:
    """A seat is offered; whoever has no account is written to, with a link of her own."""
    candidate.seat = Seat.OFFERED
    candidate.save(update_fields=["seat"])
    audit.record("workinggroups.seat_offered", candidate, by=by)
    if candidate.person_id is None:
        _link, secret = access.issue_link(PURPOSE, candidate, expires_at=timezone.now() + LINK)
        write_to(candidate, secret)


@transaction.atomic
def recognise(candidate: Candidate, person) -> Candidate:
    """Whoever has opened an account under the address she was named with finds there what was said of her."""
    if candidate.person_id is None and candidate.email and candidate.email.lower() == person.email.lower():
        candidate.person = person
        candidate.save(update_fields=["person"])
    return candidate


@transaction.atomic
def answer(candidate: Candidate, agrees: bool, *, by=None, link: SecretLink | None = None) -> Candidate:
    """Whether she agrees, with her account or by the link she was sent. A no takes away what was said of her."""
    found = held(candidate)
    if link is None:
        require(by, "workinggroups.answer_candidate", found)
    elif link.object_id != str(found.pk) or not access.use_link(link):
        raise PermissionDenied
    if found.expression.call.state in (Call.State.CONCLUDED, Call.State.CANCELLED) and agrees:
        raise ValidationError(_("The call has ended; there is nothing more to agree to."))
    found.consent = Consent.GIVEN if agrees else Consent.DECLINED
    found.consent_at = timezone.now()
    if not agrees:
        forget(found)
    found.save()
    audit.record("workinggroups.candidate_answered", found, by=by, agrees=agrees)
    return found


def held(candidate: Candidate) -> Candidate:
    rows = Candidate.objects.select_for_update(of=("self",)).select_related("expression__call")
    found = rows.get(pk=candidate.pk)
    if found.consent == Consent.DECLINED:
        raise ValidationError(_("You have said no already; nothing about you is kept."))
    return found


def forget(candidate: Candidate) -> None:
    candidate.name = candidate.email = candidate.experience = candidate.cv_name = ""
    candidate.cv = candidate.person = None
    candidate.competences.all().delete()
    if candidate.seat == Seat.OFFERED:
        candidate.seat = Seat.REFUSED


@transaction.atomic
def take_seat(candidate: Candidate, *, by) -> Candidate:
    """The seat is hers, with the role and its days, as long as the group's composition allows it."""
    found = held(candidate)
    require(by, "workinggroups.answer_candidate", found)
    if found.seat != Seat.OFFERED:
        raise ValidationError(_("No seat is offered to you here."))
    call = found.expression.call
    begins = max(call.seats_begin or platform_day(), platform_day())
    why = _("Call “%(title)s”") % {"title": call.title}
    access.give_role(by, found.role, scope=call.scope, begins=begins, ends=call.seats_end, why=why)
    found.seat, found.consent = Seat.TAKEN, Consent.GIVEN
    found.save()
    audit.record("workinggroups.seat_taken", found, by=by)
    return found


@transaction.atomic
def refuse_seat(candidate: Candidate, *, by) -> Candidate:
    """Somebody of the reserve list can take it then."""
    found = held(candidate)
    require(by, "workinggroups.answer_candidate", found)
    if found.seat != Seat.OFFERED:
        raise ValidationError(_("No seat is offered to you here."))
    found.seat = Seat.REFUSED
    found.save(update_fields=["seat"])
    audit.record("workinggroups.seat_refused", found, by=by)
    return found


@transaction.atomic
def move_up(candidate: Candidate, *, by) -> Candidate:
    """After a conclusion, somebody of the reserve list is offered the seat that another has refused."""
    found = held(candidate)
    require(by, "workinggroups.check_expression", found.expression)
    refused = Candidate.objects.filter(
        expression__call=found.expression.call, role=found.role, seat=Seat.REFUSED, decision="accept"
    ).first()
    if found.decision != "reserve" or found.consent != Consent.GIVEN:
        raise ValidationError(_("Only somebody of the reserve list who agrees can move up."))
    if refused is None:
        raise ValidationError(_("No seat has been refused."))
    refused.decision = "decline"  # her refusal is made good only once
    refused.save(update_fields=["decision"])
    found.decision = "accept"
    found.save(update_fields=["decision"])
    offer(found, by=by)
    return found
