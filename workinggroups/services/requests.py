from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.people.members.models import Organisation

from ..models import Asked, InformationRequest, RequestQuestion, WorkingGroup
from ..selectors.requests import reachable

MOST_QUESTIONS = 40
State = InformationRequest.State


def held(request: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.select_for_update().get(pk=request.pk)


@transaction.atomic
def draw_up(group: WorkingGroup, *, by, file=None, **fields) -> InformationRequest:
    """A request that nobody is asked yet."""
    require(by, "workinggroups.ask_information", group)
    made = InformationRequest(group=group, made_by=by, **fields)
    write(made, file, by=by)
    audit.record("workinggroups.request_drawn_up", made, by=by)
    return made


def write(request: InformationRequest, file, *, by) -> None:
    if request.state == State.DRAFT and request.due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    if file is not None:
        request.file, request.file_name = files.keep(file, file.name, by=by), file.name[:150]
    request.save()
    access.set_audience(request, {request.scope, "role:lead_partner"})


@transaction.atomic
def change(request: InformationRequest, *, by, file=None, **fields) -> InformationRequest:
    """What it says can be changed until it is sent; those asked would else answer different questions."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    demand_draft(request)
    for name, value in fields.items():
        setattr(request, name, value)
    write(request, file, by=by)
    request.asked.update(due_on=request.due_on)
    if request.record_kind:
        request.questions.all().delete()
    audit.record("workinggroups.request_changed", request, by=by)
    return request


def demand_draft(request: InformationRequest) -> None:
    if request.state != State.DRAFT:
        raise ValidationError(_("It is sent already and cannot be changed any more."))


@transaction.atomic
def set_questions(request: InformationRequest, rows: list[dict], *, by) -> None:
    """The questions of a request in their order: `kind`, `text`, `is_required`, and `choices` where there are any."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    demand_draft(request)
    if len(rows) > MOST_QUESTIONS:
        raise ValidationError(_("At most %(most)s questions, please.") % {"most": MOST_QUESTIONS})
    request.questions.all().delete()
    for place, row in enumerate(rows, start=1):
        choices = row.pop("choices", [])
        question = request.questions.create(place=place, **row)
        if question.kind == RequestQuestion.Kind.CHOICE:
            for number, text in enumerate(choices, start=1):
                question.choices.create(place=number, text=text)
    audit.record("workinggroups.request_changed", request, by=by)


@transaction.atomic
def choose(request: InformationRequest, organisations: list[Organisation], *, by) -> int:
    """Whom to ask; asked they are when the request is sent. Gives how many were not chosen before."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    if request.state == State.CLOSED:
        raise ValidationError(_("The request is closed."))
    before = set(request.asked.values_list("organisation", flat=True))
    new = [one for one in organisations if one.pk not in before]
    Asked.objects.bulk_create(Asked(request=request, organisation=one, due_on=request.due_on) for one in new)
    return len(new)


@transaction.atomic
def let_go(request: InformationRequest, pks: list[int], *, by) -> int:
    """Organisations that were chosen and are not asked yet."""
    require(by, "workinggroups.ask_information", request)
    return request.asked.filter(state=Asked.State.CHOSEN, organisation__in=pks).delete()[0]


@transaction.atomic
def send(request: InformationRequest, *, by) -> int:
    """Ask those chosen for whom somebody acts; each gets a case. Gives how many that are."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    if request.state == State.CLOSED:
        raise ValidationError(_("The request is closed."))
    if not request.record_kind and not request.questions.exists():
        raise ValidationError(_("Please write at least one question, or choose a kind of record."))
    if request.due_on < platform_day():
        raise ValidationError(_("The last day for answers has passed. Choose another one first."))
    chosen = list(request.asked.filter(state=Asked.State.CHOSEN, organisation__in=reachable()))
    if not chosen:
        raise ValidationError(_("Please choose at least one organisation for which somebody acts."))
    request.state = State.OPEN
    request.save(update_fields=["state"])
    for asked in chosen:
        asked.request = request
        ask(asked, by=by)
    audit.record("workinggroups.request_sent", request, by=by, number=len(chosen))
    return len(chosen)


def ask(asked: Asked, *, by) -> None:
    asked.state, asked.asked_at = Asked.State.ASKED, timezone.now()
    asked.save(update_fields=["state", "asked_at"])
    show(asked)
    audit.record("workinggroups.information_asked", asked, by=by)


def show(asked: Asked) -> None:
    """The group that asks, and the organisation that is asked; never another one that is asked the same."""
    access.set_audience(asked, {asked.scope, "role:lead_partner", f"org:{asked.organisation_id}"})


def held_asked(asked: Asked) -> Asked:
    """Under lock; ValidationError for one that another stands for."""
    rows = Asked.everything.select_for_update(of=("self",)).select_related("request", "organisation")
    found = rows.get(pk=asked.pk)
    if found.stood_for_by_id:
        raise ValidationError(_("The organisation was merged with another: what counts is the part of that one."))
    return found


@transaction.atomic
def hand_back(asked: Asked, *, by, reason: str) -> Asked:
    """Ask again, saying what is lacking: the answer can be changed, and a new case waits for it."""
    asked = held_asked(asked)
    require(by, "workinggroups.ask_information", asked.request)
    if asked.state not in (Asked.State.GIVEN, Asked.State.DECLINED) or asked.request.state != State.OPEN:
        raise ValidationError(_("There is no answer that could be returned."))
    if not reason.strip():
        raise ValidationError({"reason": _("Please say what is lacking; they will read it.")})
    asked.state, asked.reason, asked.given_at = Asked.State.RETURNED, reason.strip(), None
    asked.due_on = max(asked.due_on, platform_day())
    asked.save(update_fields=["state", "reason", "given_at", "due_on"])
    audit.record("workinggroups.information_returned", asked, by=by)
    audit.record("workinggroups.information_asked", asked, by=by)
    return asked


@transaction.atomic
def extend(asked: Asked, due_on: date, *, by) -> Asked:
    """Another last day for one organisation; it is told."""
    asked = held_asked(asked)
    require(by, "workinggroups.ask_information", asked.request)
    if asked.request.state != State.OPEN or asked.state in (Asked.State.CHOSEN, Asked.State.WITHDRAWN):
        raise ValidationError(_("Nothing is open that could be extended."))
    if due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    asked.due_on = due_on
    asked.save(update_fields=["due_on"])
    audit.record("workinggroups.information_extended", asked, by=by, until=str(due_on))
    return asked


@transaction.atomic
def withdraw(asked: Asked, *, by) -> None:
    """One organisation is not asked any more; what it gave stays."""
    asked = held_asked(asked)
    if not by.has_perm("workinggroups.ask_information", asked.request):
        raise PermissionDenied
    if asked.state in (Asked.State.ASKED, Asked.State.RETURNED):
        asked.state = Asked.State.WITHDRAWN
        asked.save(update_fields=["state"])
        audit.record("workinggroups.information_withdrawn", asked, by=by)


@transaction.atomic
def close(request: InformationRequest, *, by) -> InformationRequest:
    """No more answers; whoever has not answered is not asked any more, and stays in the matrix as missing."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    if request.state != State.OPEN:
        raise ValidationError(_("Only an open request can be closed."))
    request.state, request.closed_on = State.CLOSED, platform_day()
    request.save(update_fields=["state", "closed_on"])
    audit.record("workinggroups.request_closed", request, by=by)
    return request


@transaction.atomic
def destroy(request: InformationRequest, *, by) -> None:
    """A request that was never sent."""
    request = held(request)
    require(by, "workinggroups.ask_information", request)
    demand_draft(request)
    audit.record("workinggroups.request_destroyed", request, by=by)
    access.drop_audience(request)
    request.delete()
