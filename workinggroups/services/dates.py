"""Finding a date together."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import DateAnswer, DateOption, Meeting
from . import meetings

MOST_OPTIONS = 20
REMIND = timedelta(days=1)


@transaction.atomic
def offer(meeting: Meeting, spans: Iterable[tuple[datetime, datetime]], *, by, until: date) -> Meeting:
    """Ask everybody on the list which dates suit. Dates that stay keep their answers; those left out go with theirs.

    Who is asked no earlier than the day before the last is not reminded as well.
    """
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
    if until != found.dates_until:
        found.dates_until, found.dates_reminded = until, until <= platform_day() + REMIND
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
    """Which of the dates suit somebody; she can change it to the end of the last day, unless the date is set before."""
    found = meetings.held(meeting)
    require(by, "workinggroups.answer_meeting", found)
    if found.starts is not None or found.state == Meeting.State.CANCELLED:
        raise ValidationError(_("The date is set already, or the meeting is called off."))
    if not found.takes_dates:
        raise ValidationError(
            _("Answers could be given until %(day)s. Whoever leads the meeting can give more time.")
            % {"day": date_format(found.dates_until)}
        )
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


def remind() -> int:
    """Those who have said nothing, once, the day before the last; run by the tick. Gives for how many meetings."""
    today = platform_day()
    near = Meeting.objects.filter(starts=None, dates_reminded=False).exclude(state=Meeting.State.CANCELLED)
    return sum(note_near(meeting) for meeting in near.filter(dates_until__range=(today, today + REMIND)))


@transaction.atomic
def note_near(meeting: Meeting) -> int:
    noted = Meeting.objects.filter(pk=meeting.pk, dates_reminded=False, starts=None).update(dates_reminded=True)
    if noted:
        audit.record("workinggroups.dates_near", meeting)
    return noted
