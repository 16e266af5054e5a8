from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Block, Message, Openness, Report


@transaction.atomic
def open_to(person, who: str) -> None:
    Openness.objects.update_or_create(person=person, defaults={"who": who})
    audit.record("messaging.openness_changed", person, by=person)


def block(person, other) -> None:
    """No event: whom somebody blocks is her own affair."""
    if person.pk == other.pk:
        raise ValidationError(_("You cannot block yourself."))
    Block.objects.get_or_create(person=person, blocked=other)


def unblock(person, other) -> None:
    Block.objects.filter(person=person, blocked=other).delete()


@transaction.atomic
def report(message: Message, why: str, *, by) -> Report:
    """Ask the lead partner to look at a message one received; asked again, the first report stands."""
    require(by, "messaging.take_part", message.conversation)
    if message.author_id == by.pk:
        raise ValidationError(_("This is your own message."))
    if not why.strip():
        raise ValidationError({"why": _("Please say what is wrong with it; the lead partner will read it.")})
    made, new = Report.objects.get_or_create(message=message, reporter=by, defaults={"why": why.strip()})
    if new:
        audit.record("messaging.reported", made, by=by)
    return made


@transaction.atomic
def uphold(report: Report, *, by, reason: str) -> None:
    """The message is not shown any more; the reason is, in its place."""
    require(by, "messaging.judge_report")
    if report.message.author_id == by.pk:
        raise PermissionDenied
    report.message.hidden_because = reason
    report.message.save(update_fields=["hidden_because"])
    audit.record("messaging.hidden", report.message.conversation, by=by, message=report.message_id)


def dismiss(report: Report, *, by, reason: str) -> None:
    require(by, "messaging.judge_report")
