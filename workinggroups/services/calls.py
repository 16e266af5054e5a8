from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.assessment.services import load_grids
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .. import presets
from ..models import Call, CallQuestion, WorkingGroup
from ..permissions.calls import answering
from ..selectors import calls as selectors
from . import expressions

State = Call.State
MOST_PARTS = 40


def share(call: Call) -> None:
    """Drafts are for those who lead; what is open for everyone or for those who may answer, the group in any case."""
    keys = {f"role:wg_leader@{call.scope}", "role:lead_partner"}
    if call.opened_at is not None:
        keys |= {PUBLIC} if call.is_public else {call.scope, *answering(call)}
    access.set_audience(call, keys)


@transaction.atomic
def draft(group: WorkingGroup, *, by, **fields) -> Call:
    """A new call with the usual conditions, questions and criteria, to be changed before it is opened."""
    require(by, "workinggroups.draft_call", group)
    call = Call(group=group, made_by=by, **fields)
    check(call)
    call.save()
    for kind, rows in presets.usual_parts().items():
        for row in rows:
            getattr(call, kind).create(**row)
    note_translations(call)
    share(call)
    audit.record("workinggroups.call_drafted", call, by=by)
    return call


def check(call: Call) -> None:
    call.clean_fields(exclude={field.name for field in call._meta.fields} - {"title", "text"})
    if call.seats_begin and call.seats_end and call.seats_end < call.seats_begin:
        raise ValidationError({"seats_end": _("Seats cannot end before they begin.")})


def locked(call: Call, by, right: str) -> Call:
    found = Call.objects.select_for_update().get(pk=call.pk)
    require(by, right, found)
    return found


@transaction.atomic
def change(call: Call, *, by, **fields) -> Call:
    found = locked(call, by, "workinggroups.change_call")
    for name, value in fields.items():
        setattr(found, name, value)
    check(found)
    found.save()
    note_translations(found)
    audit.record("workinggroups.call_changed", found, by=by, fields=sorted(fields))
    return found


@transaction.atomic
def put_part(call: Call, parts: str, *, by, pk: int | None = None, options: list | None = None, **fields):
    """Add or change a question, a condition or a criterion."""
    found = locked(call, by, "workinggroups.change_call")
    rows = getattr(found, parts)
    if pk is None and rows.count() >= MOST_PARTS:
        raise ValidationError(_("A call has at most %(most)s of these.") % {"most": MOST_PARTS})
    part = selectors.part_of(found, parts, pk) if pk else rows.model(call=found)
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    if isinstance(part, CallQuestion) and options is not None:
        part.options.all().delete()
        for text in options:
            part.options.create(text=text)
    audit.record("workinggroups.call_changed", found, by=by, fields=[parts])
    return part


@transaction.atomic
def remove_part(call: Call, kind: str, pk: int, *, by) -> None:
    found = locked(call, by, "workinggroups.change_call")
    selectors.part_of(found, kind, pk).delete()
    audit.record("workinggroups.call_changed", found, by=by, fields=[kind])


@transaction.atomic
def open_call(call: Call, *, by, closes_at: datetime) -> Call:
    """From now until then it can be answered; what is asked and by what is judged changes no more."""
    found = locked(call, by, "workinggroups.open_call")
    lacking = selectors.lacks(found)
    if lacking:
        raise ValidationError(lacking)
    if closes_at <= timezone.now():
        raise ValidationError({"day": _("The call must end in the future.")})
    found.state, found.opened_at, found.closes_at = State.OPEN, timezone.now(), closes_at
    found.save()
    publish_criteria(found)
    share(found)
    audit.record("workinggroups.call_opened", found, by=by, closes_at=closes_at)
    return found


def publish_criteria(call: Call) -> None:
    rows = [
        {"code": f"c{place}", "kind": one.kind, "weight": one.weight, "question": one.text}
        for place, one in enumerate(call.criteria.all(), start=1)
    ]
    day = platform_day()
    load_grids([{"code": call.grid, "version": 1, "title": call.title, "published_on": day, "criteria": rows}])


@transaction.atomic
def extend(call: Call, *, by, closes_at: datetime) -> Call:
    found = locked(call, by, "workinggroups.extend_call")
    if not found.takes_answers:
        raise ValidationError({"day": _("The call is over.")})
    if closes_at <= found.closes_at:
        raise ValidationError({"day": _("An extension must be later than the present end.")})
    found.closes_at, found.extensions = closes_at, found.extensions + 1
    found.reminded_days = (
        selectors.due_reminder(found, timezone.now()) or None
    )  # those days are told of by the extension
    found.save(update_fields=["closes_at", "reminded_days", "extensions"])
    audit.record("workinggroups.call_extended", found, by=by, closes_at=closes_at)
    return found


@transaction.atomic
def cancel(call: Call, reason: str, *, by) -> Call:
    """It ends without a result; whoever answered is told, and what was said of people goes with the time it is kept."""
    found = locked(call, by, "workinggroups.cancel_call")
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; whoever answered will read them.")})
    was_open = found.opened_at is not None
    found.state, found.reason, found.ended_at = State.CANCELLED, reason.strip(), timezone.now()
    found.save()
    expressions.abandon_assessments(found, reason.strip(), by=by)
    audit.record("workinggroups.call_cancelled", found, by=by, was_open=was_open)
    return found


def close_due() -> int:
    """Close the calls whose time is over; gives how many were closed by this run."""
    return sum(close(pk) for pk in selectors.over(timezone.now()).values_list("pk", flat=True))


@transaction.atomic
def close(pk: int) -> int:
    """Once: whoever holds the row first does it. From here those who evaluate see what has come in."""
    call = Call.objects.select_for_update().get(pk=pk)
    if call.state != State.OPEN or call.closes_at > timezone.now():
        return 0
    call.state = State.CLOSED
    call.save(update_fields=["state"])
    expressions.unseal(call)
    audit.record("workinggroups.call_closed", call)
    return 1


def remind() -> int:
    """Remind those that may answer and have not, each time once, as `Call` says when."""
    return sum(note_ending(pk) for pk, _days in selectors.to_remind(timezone.now()))


@transaction.atomic
def note_ending(pk: int) -> int:
    """Whoever comes second finds it noted already, and an extension that came between is heeded."""
    call = Call.objects.select_for_update().get(pk=pk)
    days = selectors.due_reminder(call, timezone.now()) if call.takes_answers else 0
    if not days or (call.reminded_days and call.reminded_days <= days):
        return 0
    call.reminded_days = days
    call.save(update_fields=["reminded_days"])
    audit.record("workinggroups.call_ending", call, days=days)
    return 1


def purge(before: datetime) -> int:
    """Long after a call has ended, what was said of people who got no seat is gone; its ranking and letters stay."""
    return sum(expressions.forget_people(call) for call in selectors.ended_before(before))
