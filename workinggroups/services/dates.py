"""Finding a date together."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import DateAnswer, DateOption, Meeting
from . import meetings

MOST_OPTIONS = 20


@transaction.atomic
def offer(meeting: Meeting, spans: Iterable[tuple[datetime, datetime]], *, by, until: date) -> Meeting:
    """Ask everybody on the list which dates suit. Dates that stay keep their answers; those left out go with theirs."""
    found = meetings.leading(meeting, by)
    if found.starts is not None:
        raise ValidationError(_("This meeting has its date."))
    spans = sorted(set(spans))
    check(spans, until)
    for option in found.options.all():
        if (option.starts, option.ends) not in spans:
            option.delete()
    for starts, ends in spans:
        found.options.get_or_create(starts=starts, ends=ends)
    found.dates_until = until
    found.save()
    audit.record("workinggroups.dates_offered", found, by=by)
    return found


def check(spans: list[tuple[datetime, datetime]], until: date) -> None:
    if len(spans) < 2:
        raise ValidationError({"dates": _("Please offer at least two dates.")})
    if len(spans) > MOST_OPTIONS:
        raise ValidationError({"dates": _("At most %(most)s dates, please.") % {"most": MOST_OPTIONS}})
    if any(ends <= starts for starts, ends in spans):
        raise ValidationError({"dates": _("It cannot end before it begins.")})
    if any(starts <= timezone.now() for starts, _ends in spans):
        raise ValidationError({"dates": _("This date has passed.")})
    if until < platform_day():
        raise ValidationError({"until": _("This day has passed.")})


@transaction.atomic
def say(meeting: Meeting, values: Mapping[int, str], *, by) -> None:
    """Which of the dates suit somebody; until the date is set she can change it."""
    found = meetings.held(meeting)
    require(by, "workinggroups.answer_meeting", found)
    if found.starts is not None or found.state == Meeting.State.CANCELLED:
        raise ValidationError(_("The date is set already, or the meeting is called off."))
    row = found.participants.get(person=by)
    for option in found.options.filter(pk__in=values):
        DateAnswer.objects.update_or_create(
            option=option, participant=row, defaults={"value": DateAnswer.Value(values[option.pk])}
        )
    audit.record("workinggroups.dates_answered", found, by=by)


@transaction.atomic
def choose(option: DateOption, *, by) -> Meeting:
    """The meeting is then, and the invitations go out; who had said yes to this date has said that she comes."""
    found = meetings.leading(option.meeting, by)
    if found.starts is not None:
        raise ValidationError(_("This meeting has its date."))
    found.starts, found.ends = option.starts, option.ends
    found.save()
    willing = found.participants.filter(dates__option=option, dates__value=DateAnswer.Value.YES)
    willing.update(answer="yes", answered_at=timezone.now())
    return meetings.call(found, by=by)
