import secrets
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import OutboxMail
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.people.members.models import Organisation

from ..models import (
    AnswerDraft,
    Consultation,
    FileAnswer,
    FormerAnswers,
    Invitation,
    InvitationLetter,
    InvitationUse,
    Outreach,
    Questionnaire,
    Reminder,
    Response,
)
from ..questions import emptied, identifies
from ..selectors import identifying, invitations as selectors, structure_read
from ..structure import questions

SIGNER = Signer(salt="consultations.invitation")
MOST = 5000
BATCH = 200
AT_ONCE = 500
FIRST = 0  # the round of the invitation itself; reminders are counted from 1


class SpentError(Exception):
    """The invitation was answered already."""


@transaction.atomic
def invite(
    consultation: Consultation, addresses: Iterable[str], *, language: str, audience: str, by
) -> tuple[int, int]:
    """Note whom to ask; gives how many are new and how many were there. Raises ValidationError naming wrong addresses."""
    require(by, "consultations.invite", consultation)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses if address.strip()))
    if wrong := [address for address in wanted if not is_address(address)]:
        told = _("These are no e-mail addresses: %(addresses)s") % {"addresses": ", ".join(wrong[:10])}
        raise ValidationError({"addresses": told})
    if len(wanted) > MOST:
        raise ValidationError({"addresses": _("At most %(n)s addresses at once.") % {"n": MOST}})
    held = set(consultation.invitations.filter(email__in=wanted).values_list("email", flat=True))
    rows = [
        Invitation(consultation=consultation, email=email, language=language, audience=audience)
        for email in wanted
        if email not in held
    ]
    Invitation.objects.bulk_create(rows, batch_size=500)
    audit.record("consultations.invited", consultation, by=by, number=len(rows))
    return len(rows), len(held)


def is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254


@transaction.atomic
def send_invitations(consultation: Consultation, *, by, remind: bool = False, wanted: int | None = None) -> Job | None:
    """Start writing to those not asked yet, or once more to those who have not answered.

    `wanted` is the round a form was shown for: the second click of a double click starts nothing.
    """
    require(by, "consultations.invite", consultation)
    number = selectors.next_round(consultation) if remind else FIRST
    if remind and wanted is not None and wanted != number:
        return None
    audit.record("consultations.invitations_sent", consultation, by=by)
    return start_letters(consultation, number, by=by)


def start_letters(consultation: Consultation, number: int, *, by) -> Job:
    return jobs.start("consultations.invite", by=by, consultation=consultation.pk, remind=number > FIRST, number=number)


def write_letters(run, consultation: int, remind: bool, number: int | None = None) -> dict[str, int]:
    """The job: each mail of a round once, however often the job is begun, doubled or killed."""
    found = Consultation.objects.get(pk=consultation)
    if not found.takes_answers:
        return {"mails": 0}
    if number is None:
        number = selectors.next_round(found) if remind else FIRST
    rows = selectors.unanswered(found) if remind else found.invitations.filter(mails=0, declined=False)
    waiting, written = list(rows.order_by("pk").values_list("pk", flat=True)), 0
    for start in range(0, len(waiting), BATCH):
        with run.writing():
            written += post_letters(found, waiting[start : start + BATCH], number)
        run.progress(min(start + BATCH, len(waiting)), len(waiting))
    return {"mails": written}


@transaction.atomic
def post_letters(consultation: Consultation, wanted: list[int], number: int) -> int:
    """Writes to those who have no mail of this round or a later one; their rows are held so that nobody else does."""
    held = list(Invitation.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    written = InvitationLetter.objects.filter(invitation__in=held, round__gte=number)
    had = set(written.values_list("invitation", flat=True))
    due = [invitation for invitation in held if invitation.pk not in had]
    InvitationLetter.objects.bulk_create([InvitationLetter(invitation=one, round=number) for one in due])
    messaging.post_all([letter(consultation, invitation, number) for invitation in due])
    Invitation.objects.filter(pk__in=[row.pk for row in due]).update(mails=F("mails") + 1)
    return len(due)


def letter(consultation: Consultation, invitation: Invitation, number: int = FIRST) -> OutboxMail:
    with translation.override(interface_code(invitation.language)):
        address = settings.SITE_URL + reverse("consultations:invited", args=[consultation.code, token(invitation)])
        closes = date_format(timezone.localtime(consultation.closes_at), "DATE_FORMAT")
        facts = {
            "title": consultation.title.localise(invitation.language).text,
            "summary": consultation.summary.localise(invitation.language).text,
            "address": address,
            "day": _("until %(day)s") % {"day": closes},
            "minutes": consultation.minutes,
            "contact": consultation.contact or settings.DEFAULT_FROM_EMAIL,
        }
        subject = _("Reminder: %(title)s") if number else _("Your answers are asked for: %(title)s")
        text = _(
            "%(summary)s\n\nYour own link, %(day)s, about %(minutes)s minutes:\n%(address)s\n\nThe link is for you alone and "
            "can be used once. If you do not want to take part or to be reminded, say so there. Questions: %(contact)s"
        )
        written = f"reminder.{invitation.pk}.{number}" if number else f"invitation.{invitation.pk}.1"
        return OutboxMail(
            message_id=f"<{written}@clusterpolisee>",
            recipient=invitation.email,
            subject=" ".join((subject % facts).split()),
            text=text % facts,
            is_private=not settings.DEMONSTRATION,
        )


def token(invitation: Invitation) -> str:
    return SIGNER.sign_object(invitation.pk)


def invitation_behind(code: str, secret: str) -> Invitation | None:
    try:
        pk = SIGNER.unsign_object(secret)
    except (BadSignature, ValueError):
        return None
    rows = Invitation.objects.select_related("consultation__topic")
    return rows.filter(pk=pk, consultation__code=code).first()


def decline(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(declined=True)


def is_spent(invitation: Invitation) -> bool:
    return InvitationUse.objects.filter(invitation=invitation).exists()


def note_use(invitation: Invitation) -> None:
    """Kept in a transaction of its own, so that the database's own marks do not pair it with an answer."""
    InvitationUse.objects.get_or_create(invitation=invitation)


def mix_uses() -> int:
    """Write all uses anew under new random keys; see `mix_participations`."""
    with transaction.atomic():
        held = list(InvitationUse.objects.select_for_update().values_list("pk", "invitation_id"))
        InvitationUse.objects.filter(pk__in=[pk for pk, _invitation in held]).delete()
        rows = [InvitationUse(invitation_id=invitation) for _pk, invitation in held]
        InvitationUse.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(held)


@transaction.atomic
def plan_reminder(consultation: Consultation, day, *, by) -> Reminder:
    require(by, "consultations.invite", consultation)
    reminder, _new = Reminder.objects.get_or_create(consultation=consultation, day=day)
    audit.record("consultations.reminder_planned", consultation, by=by, reminder=reminder.pk)
    return reminder


@transaction.atomic
def drop_reminder(reminder: Reminder, *, by) -> None:
    require(by, "consultations.invite", reminder.consultation)
    audit.record("consultations.reminder_dropped", reminder.consultation, by=by, reminder=reminder.pk)
    Reminder.objects.filter(pk=reminder.pk, is_sent=False).delete()


def send_due_reminders() -> int:
    """The sweep: each reminder whose day has come starts its job once."""
    due = Reminder.objects.filter(is_sent=False, day__lte=platform_day()).values_list("pk", flat=True)
    sent = 0
    for pk in list(due):
        with transaction.atomic():
            if Reminder.objects.filter(pk=pk, is_sent=False).update(is_sent=True):
                found = Reminder.objects.select_related("consultation").get(pk=pk).consultation
                start_letters(found, selectors.next_round(found), by=None)
                sent += 1
    return sent


@transaction.atomic
def give_link(consultation: Consultation, organisation: Organisation, *, goal: int, by) -> Outreach:
    """A link by which an organisation spreads the consultation; giving it again changes the goal."""
    require(by, "consultations.invite", consultation)
    found, _new = Outreach.objects.update_or_create(
        consultation=consultation,
        organisation=organisation,
        defaults={"goal": goal},
        create_defaults={"goal": goal, "code": f"o{secrets.token_hex(5)}"},
    )
    audit.record("consultations.link_given", consultation, by=by, outreach=found.pk)
    return found


def forget_identifiers() -> int:
    """Addresses of the invited, answers that say who wrote them, names, former and unfinished answers and files go when
    the consultation's time for them is over; that something was given stays, so no figure moves."""
    today, gone = timezone.now(), 0
    for consultation in Consultation.objects.filter(closes_at__lt=today):
        if (today - consultation.closes_at).days >= consultation.retention_days:
            sent = Response.objects.filter(questionnaire__consultation=consultation)
            gone += consultation.invitations.all().delete()[0]
            gone += AnswerDraft.objects.filter(questionnaire__consultation=consultation).delete()[0]
            gone += FormerAnswers.objects.filter(response__in=sent).delete()[0]
            gone += FileAnswer.objects.filter(response__in=sent).delete()[0]
            gone += sent.exclude(person=None, name="").update(person=None, name="")
            gone += consultation.quotes.filter(question__in=identifying(consultation)).delete()[0]
            gone += sum(map(empty_answers, consultation.versions.all()))
    return gone


def empty_answers(version: Questionnaire) -> int:
    """Answers that say who wrote them, such as an e-mail address; only that there was one is left."""
    asked = [question for question in questions(structure_read(version)) if identifies(question)]
    given = Q(pk__in=[])
    for question in asked:
        given |= Q(**{f"answers__{question['code']}__isnull": False})
    rows = version.responses.filter(given).only("answers").iterator(chunk_size=AT_ONCE) if asked else ()
    changed = [
        Response(pk=row.pk, answers=left) for row in rows if (left := emptied(asked, row.answers)) != row.answers
    ]
    Response.objects.bulk_update(changed, ["answers"], batch_size=AT_ONCE)
    return len(changed)
