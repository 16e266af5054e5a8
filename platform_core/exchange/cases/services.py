from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.ground.registry.catalogue import declared, find_thing
from platform_core.ground.registry.kinds import CaseKind
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.people.members import selectors as members

from . import selectors
from .models import Case


def open_cases(event: Event) -> None:
    """The reaction behind every case: one per event and kind, however often the event comes by."""
    for kind in declared(CaseKind):
        if kind.verb == event.verb:
            open_case(kind, event)


@transaction.atomic
def open_case(kind: CaseKind, event: Event) -> Case | None:
    thing = find_thing(event.thing, event.thing_id)
    if thing is None or not kind.waits(thing) or Case.objects.filter(cause=event).exists():
        return None
    opener, days = accounts.person_behind(event.actor), timedelta(days=kind.days)
    case = Case.objects.create(
        kind=kind.code,
        thing=event.thing,
        object_id=thing.pk,
        cause=event,
        opener=opener,
        organisation_id=kind.organisation(thing),
        handler=kind.handler(thing),
        opened_at=event.at,
        due_on=kind.due_on(thing) if kind.due_on else platform_day(event.at) + days,
        remind_days=kind.remind_days(thing),
    )
    share(case)
    audit.record("cases.opened", case, by=opener, kind=kind.code)
    return case


def share(case: Case) -> None:
    """Who asked, whom she asked for, and who answers see a case, and nobody else."""
    keys = {case.handler} | ({f"person:{case.opener_id}"} if case.opener_id else set())
    keys |= {"role:lead_partner"} if case.escalated else set()
    access.set_audience(case, keys | ({f"org:{case.organisation_id}"} if case.organisation_id else set()))


def held(case: Case, by, right: str) -> Case:
    """The case under lock, still open; ValidationError when somebody was faster."""
    found = Case.objects.select_for_update().get(pk=case.pk)
    if not found.is_open:
        raise ValidationError(_("This case is closed already: %(state)s.") % {"state": found.get_state_display()})
    require(by, right, found)
    return found


@transaction.atomic
def answer(case: Case, code: str, *, by, reason: str, **fields) -> Case:
    """Answer a case: what its kind says is done, and the case is closed, in one transaction."""
    case = held(case, by, "cases.handle_case")
    given, thing = selectors.answer_named(by, case, code), selectors.subject(case)
    if given is None or thing is None:
        raise PermissionDenied(code)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; who asked will read them.")})
    given.perform(thing, by=by, reason=reason.strip(), **fields)
    stop_waiting(case)
    case.state, case.answer, case.reason = Case.State.ANSWERED, code, reason.strip()
    case.answered_at, case.answered_by, case.answered_for = timezone.now(), by, members.acts_for(by.pk)
    case.save()
    audit.record("cases.answered", case, by=by, kind=case.kind, answer=code)
    return case


@transaction.atomic
def say(case: Case, text: str, *, by, internal: bool = False, ask_back: bool = False) -> Case:
    """Write in a case. A question back stops its clock; the answer of who asked lets it run on."""
    handles = by.has_perm("cases.read_notes", case)
    require(by, "cases.view_case", case)
    if (internal or ask_back) and not handles:
        raise PermissionDenied
    discussions.say(case, text, by=by, internal=internal)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if ask_back and case.state == Case.State.OPEN:
        case.state, case.waiting_since = Case.State.ASKED_BACK, timezone.now()
        case.save(update_fields=["state", "waiting_since"])
        audit.record("cases.asked_back", case, by=by)
    elif case.state == Case.State.ASKED_BACK and not handles:
        stop_waiting(case)
        case.state = Case.State.OPEN
        case.save()
    return case


def stop_waiting(case: Case) -> None:
    """The days it lay with who asked are added to its deadline."""
    if case.waiting_since:
        lay = timezone.now() - case.waiting_since
        case.waited, case.waiting_since = case.waited + lay, None
        case.due_on += timedelta(days=lay.days)


@transaction.atomic
def assign(case: Case, to, *, by) -> Case:
    """Give a case to one of those who can answer it, or with `to` None back to all of them."""
    case = held(case, by, "cases.handle_case")
    if to is not None and to.pk not in selectors.handlers(case):
        raise ValidationError({"assignee": _("Only those who can answer this case can take it.")})
    case.assignee = to
    case.save(update_fields=["assignee"])
    share(case)
    audit.record("cases.assigned", case, by=by, person=to.pk if to else None)
    return case


@transaction.atomic
def withdraw(case: Case, *, by) -> Case:
    case = held(case, by, "cases.withdraw_case")
    selectors.kind_of(case).withdraw(selectors.subject(case), by=by)
    case.state, case.waiting_since = Case.State.WITHDRAWN, None
    case.save(update_fields=["state", "waiting_since"])
    audit.record("cases.withdrawn", case, by=by)
    return case


@transaction.atomic
def end_about(thing, *, by) -> None:
    """What was asked is no longer to be answered: the open cases about a thing end."""
    for case in selectors.open_about(thing):
        case.state, case.waiting_since = Case.State.WITHDRAWN, None
        case.save(update_fields=["state", "waiting_since"])
        audit.record("cases.withdrawn", case, by=by)


@transaction.atomic
def move_deadline(thing, due_on: date, *, by) -> None:
    """The open cases about a thing are to be answered by another day; the caller has checked that the person may say so."""
    for case in selectors.open_about(thing):
        case.due_on, case.reminded = due_on, False
        case.save(update_fields=["due_on", "reminded"])
        audit.record("cases.deadline_moved", case, by=by)


def remind() -> int:
    """Remind of what is due soon, as early as each says, and escalate what is late, each once; gives how many."""
    soon, late = selectors.due(platform_day())
    return sum(note_due(case) for case in soon) + sum(note_overdue(case) for case in late)


@transaction.atomic
def note_due(case: Case) -> int:
    noted = Case.objects.filter(pk=case.pk, state=Case.State.OPEN, reminded=False).update(reminded=True)
    if noted:
        audit.record("cases.due_soon", case)
    return noted


@transaction.atomic
def note_overdue(case: Case) -> int:
    """Late cases are the lead partner's to see, and hers to answer when nobody else can any more."""
    noted = Case.objects.filter(pk=case.pk, state=Case.State.OPEN, escalated=False).update(escalated=True)
    if noted:
        case.refresh_from_db()
        if not selectors.handlers(case):
            case.handler = "role:lead_partner"
            case.save(update_fields=["handler"])
        share(case)
        audit.record("cases.overdue", case)
    return noted


@transaction.atomic
def follow_merged(event: Event) -> None:
    """Who answered for an organisation answers for the one it was merged into; what both were asked is asked once."""
    old = [f"{kind}:{event.payload['gone']}" for kind in ("org", "admin")]
    for case in Case.objects.select_for_update().filter(handler__in=old, state__in=selectors.OPEN):
        thing, kind = selectors.subject(case), selectors.kind_of(case)
        case.handler = kind.handler(thing) if thing is not None else case.handler
        if case.handler in old:
            case.state, case.waiting_since = Case.State.WITHDRAWN, None
            audit.record("cases.withdrawn", case)
        case.save(update_fields=["handler", "state", "waiting_since"])
        share(case)


@transaction.atomic
def follow_handler(thing) -> None:
    """The open cases about a thing go to whoever answers for it now; who took one before has it no more."""
    for case in selectors.open_about(thing).select_for_update():
        before, case.handler = case.handler, selectors.kind_of(case).handler(thing)
        if case.escalated and not selectors.handlers(case):
            case.handler = "role:lead_partner"
        if case.handler != before:
            case.assignee = None
            case.save(update_fields=["handler", "assignee"])
            share(case)
            audit.record("cases.handed_over", case)


def close_orphans() -> int:
    """Cases whose thing is gone, with a person who was erased, are withdrawn: nobody could answer them."""
    return sum(close_orphan(case) for case in Case.objects.filter(state__in=selectors.OPEN))


@transaction.atomic
def close_orphan(case: Case) -> int:
    if selectors.subject(case) is not None:
        return 0
    closed = Case.objects.filter(pk=case.pk, state__in=selectors.OPEN)
    done = closed.update(state=Case.State.WITHDRAWN, waiting_since=None)
    if done:
        audit.record("cases.withdrawn", case)
    return done
