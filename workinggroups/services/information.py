"""What organisations do that are asked for information: keep, give, decline, begin a record."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _, override

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.cases.selectors import OPEN, answer_named
from platform_core.ground.registry.catalogue import find_thing, label_of
from platform_core.ground.texts.codes import active_code, interface_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.selectors import person_behind
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.trails import services as trails
from repository import services as repository
from repository.creators import made_by_organisation
from repository.kinds import details_of
from repository.models import Record

from ..models import Asked, GivenAnswer, InformationRequest, RequestQuestion
from .requests import held_asked

TRAIL = "workinggroups.answers"
LONGEST_TITLE = 300
FILE = RequestQuestion.Kind.FILE


def demand_open(asked: Asked, by) -> None:
    require(by, "workinggroups.give_information", asked)
    if not asked.takes_answers:
        raise ValidationError(_("It cannot be answered or corrected any more."))


@transaction.atomic
def keep(asked: Asked, typed: dict[int, Any], *, by, remarks: str = "") -> Asked:
    """What the organisation has so far, for all who act for it; nobody else is told. `typed` goes by question."""
    asked = held_asked(asked)
    demand_open(asked, by)
    for question in asked.request.questions.all():
        if question.pk in typed:
            keep_answer(asked, question, typed[question.pk], by=by)
    asked.sequence, asked.remarks = asked.sequence + 1, remarks
    asked.save(update_fields=["sequence", "remarks"])
    if asked.state == Asked.State.GIVEN:
        demand_complete(asked)
        bring_draft_along(asked)
        audit.record("workinggroups.information_corrected", asked, by=by)
    return asked


def keep_answer(asked: Asked, question: RequestQuestion, value: Any, *, by) -> None:
    if question.kind == FILE:
        if value:
            stored = files.keep(value, value.name, by=by)
            told = {"file": stored, "file_name": value.name[:150]}
            asked.answers.update_or_create(question=question, defaults=told)
    else:
        asked.answers.update_or_create(question=question, defaults={"text": "" if value is None else str(value)})


def lacking(asked: Asked) -> list[str]:
    """What has to be answered and is not."""
    if asked.request.record_kind:
        return lacking_in(asked.record, asked.request.record_kind)
    rows = asked.answers.all()
    answered = {row.question_id for row in rows if row.text.strip() or row.file_id}
    return [one.text for one in asked.request.questions.all() if one.is_required and one.pk not in answered]


def demand_complete(asked: Asked) -> None:
    if missing := lacking(asked):
        raise ValidationError(_("Not answered yet: %(names)s.") % {"names": ", ".join(missing)})


def lacking_in(record: Record | None, kind: str) -> list[str]:
    if record is None:
        return [_("The record")]
    return [str(one.name) for one in details_of(kind) if one.required and not record.details.get(one.code)]


@transaction.atomic
def give(asked: Asked, *, by, reason: str = "") -> Asked:
    """The answer as it was kept, and of one given by a form the draft of a record; given again, what changed since goes
    into the draft. What is given already stays as it is."""
    asked = held_asked(asked)
    if asked.state == Asked.State.GIVEN:
        return asked
    demand_open(asked, by)
    demand_complete(asked)
    asked.state, asked.given_at, asked.given_by = Asked.State.GIVEN, timezone.now(), by
    asked.remarks = asked.remarks or reason
    asked.save(update_fields=["state", "given_at", "given_by", "remarks"])
    audit.record("workinggroups.information_given", asked, by=by)
    if asked.record_id is not None:
        bring_draft_along(asked)
    elif not asked.request.record_kind:
        make_record(asked, by=by)
        asked.refresh_from_db(fields=["record", "recorded"])
    return asked


@transaction.atomic
def decline(asked: Asked, *, by, reason: str) -> Asked:
    """There is nothing to report, and why."""
    asked = held_asked(asked)
    if asked.state == Asked.State.DECLINED:
        return asked
    demand_open(asked, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; who asked will read them.")})
    asked.state, asked.reason, asked.given_by = Asked.State.DECLINED, reason.strip(), by
    asked.given_at = None
    asked.save(update_fields=["state", "reason", "given_by", "given_at"])
    audit.record("workinggroups.information_declined", asked, by=by)
    return asked


@transaction.atomic
def begin_record(asked: Asked, *, by) -> Record:
    """The draft of a record that answers the request; its organisation goes on with it in the repository."""
    asked = held_asked(asked)
    demand_open(asked, by)
    if asked.record is not None:
        return asked.record
    return deposited(asked, asked.request.record_kind, active_code(), by=by)


@transaction.atomic
def make_record(asked: Asked, *, by) -> Record:
    """The draft of a report from an answer given by a form: questions and answers as its text, files as its files."""
    asked = held_asked(asked)
    require(by, "workinggroups.record_answer", asked)
    if asked.request.record_kind:
        raise ValidationError(_("It is answered by a record already."))
    if asked.record is not None:
        return asked.record
    code = asked.request.language
    with override(interface_code(code)):  # whoever reads it in which
        text, named = told_in(asked)
        record = deposited(asked, "report", code, by=by, description={code: text, "_source": code})
    for file, name in named.items():
        repository.attach_kept(record, file, name, code)
    note_recorded(asked, record.description, named)
    return record


def note_recorded(asked: Asked, description: Text, named: dict[int, str]) -> None:
    asked.recorded = {"text": mark(description, asked.request.language), "files": sorted(named)}
    asked.save(update_fields=["recorded"])


def mark(description: Text, code: str) -> str:
    return sha256(description.get(code, "").encode()).hexdigest()


def told_in(asked: Asked) -> tuple[str, dict[int, str]]:
    """Questions and answers as Markdown in the language of the request, and the names of files by their keys."""
    rows = list(asked.answers.select_related("question", "file").order_by("question__place", "question"))
    said = [f"## {row.question.text}\n\n{shown(row)}" for row in rows if row.text.strip() or row.file_id]
    if remarks := asked.remarks.strip():
        with override(interface_code(asked.request.language)):
            heading = _("Remarks")
        said.append(f"## {heading}\n\n{remarks}")
    return "\n\n".join(said), {row.file_id: row.file_name for row in rows if row.file_id}


def bring_draft_along(asked: Asked) -> None:
    """The draft made of an answer says what was given last, unless somebody went on writing it."""
    if not asked.recorded or asked.record_id is None:
        return
    code, had = asked.request.language, set(asked.recorded["files"])
    record = Record.objects.select_for_update().get(pk=asked.record_id)
    if record.state != Record.State.DRAFT or mark(record.description, code) != asked.recorded["text"]:
        return
    text, named = told_in(asked)
    told = as_text({code: text, "_source": code})
    fields = {} if mark(told, code) == asked.recorded["text"] else {"description": told}
    gone = list(record.files.filter(file__in=had - named.keys()).values_list("pk", flat=True))
    if fields or gone:
        repository.change(record, by=None, dropped=gone, **fields)
    for file in named.keys() - had:
        repository.attach_kept(record, file, named[file], code)
    note_recorded(asked, told, named)


def shown(row: GivenAnswer) -> str:
    return row.file_name if row.file_id else row.text.strip()


def deposited(asked: Asked, kind: str, code: str, *, by, **more) -> Record:
    """A draft in the name of the organisation that answers, tied to what it was asked."""
    request, organisation = asked.request, asked.organisation
    told = {"title": request.title, "organisation": organisation}
    record = repository.deposit(
        kind=kind,
        title={code: Truncator(_("%(organisation)s: %(title)s") % told).chars(LONGEST_TITLE), "_source": code},
        summary={code: _("Answer of %(organisation)s to “%(title)s”") % told, "_source": code},
        topics=[request.group_id],
        countries=[organisation.country_id],
        year=platform_day().year,
        languages=[code],
        **made_by_organisation(str(organisation.name)),
        organisation=organisation,
        **more,
    )
    record.deposited_by = by  # also somebody who could deposit nothing else
    record.save(update_fields=["deposited_by"])
    repository.show(record)
    trails.draw(TRAIL, record, asked)
    asked.record = record
    asked.save(update_fields=["record"])
    audit.record("workinggroups.record_begun", asked, by=by, record=record.pk)
    return record


def give_by_case(asked: Asked, *, by, reason: str) -> None:
    give(asked, by=by, reason=reason)


def decline_by_case(asked: Asked, *, by, reason: str) -> None:
    decline(asked, by=by, reason=reason)


ANSWERS = {"workinggroups.information_given": "given", "workinggroups.information_declined": "declined"}


def end_case(event) -> None:
    """The reaction to an answer given on its own page, in its own transaction: its case is answered too."""
    asked = find_thing("workinggroups.asked", event.thing_id)
    case = open_case(asked) if isinstance(asked, Asked) else None
    if case is None:
        return
    by, code = person_behind(event.actor), ANSWERS[event.verb]
    if by is not None and asked.state == code and answer_named(by, case, code):  # it may be returned again by now
        reason = asked.reason if event.verb.endswith("declined") else asked.remarks
        cases.answer(case, code, by=by, reason=reason or _("See the answer."))
    else:
        cases.end_about(asked, by=by)


def cases_about(asked: Asked) -> QuerySet[Case]:
    return Case.objects.filter(thing=label_of(asked), object_id=asked.pk)


def open_case(asked: Asked) -> Case | None:
    return cases_about(asked).filter(state__in=OPEN).first()


def end_cases_of_request(event) -> None:
    """The reaction to the end of a request: nobody has to answer any more."""
    for asked in Asked.objects.filter(request=event.thing_id, state__in=(Asked.State.ASKED, Asked.State.RETURNED)):
        cases.end_about(asked, by=None)


def end_case_of_withdrawn(event) -> None:
    if asked := find_thing("workinggroups.asked", event.thing_id):
        cases.end_about(asked, by=None)


def move_case(event) -> None:
    """The reaction to another last day, in its own transaction: answering locks the case before what it is about."""
    if asked := find_thing("workinggroups.asked", event.thing_id):
        cases.move_deadline(asked, asked.due_on, by=person_behind(event.actor))


AHEAD = (Asked.State.GIVEN, Asked.State.DECLINED, Asked.State.ASKED, Asked.State.RETURNED, Asked.State.CHOSEN)


@transaction.atomic
def join_merged(event) -> None:
    """The reaction to two organisations being one: of what both were asked, the row that is further stands for the other."""
    gone, stays = event.payload["gone"], event.thing_id
    both = Asked.everything.select_for_update().filter(stood_for_by=None)
    held = {row.request_id: row for row in both.filter(organisation=stays)}
    for twin in both.filter(organisation=gone):
        if own := held.get(twin.request_id):
            join(own, twin)


def join(own: Asked, twin: Asked) -> None:
    """Both belong to the organisation of `own`, which stands for the other unless that is further."""
    organisation = own.organisation_id
    shown, other = (twin, own) if distance(twin) < distance(own) else (own, twin)
    other.stood_for_by, other.organisation_id = shown, organisation
    other.save(update_fields=["stood_for_by", "organisation"])
    shown.organisation_id = organisation
    shown.save(update_fields=["organisation"])
    cases.end_about(other, by=None)
    audit.record("workinggroups.information_joined", shown, other=other.pk)
    ask_anew(shown)


def ask_anew(asked: Asked) -> None:
    """What waits for an answer has a case, also where the one it had ended with the organisation it was asked of."""
    is_open = asked.request.state == InformationRequest.State.OPEN
    if not is_open or asked.state not in (Asked.State.ASKED, Asked.State.RETURNED) or open_case(asked):
        return
    if last := cases_about(asked).order_by("pk").last():
        audit.record("workinggroups.information_asked", asked, by=last.opener)


def distance(asked: Asked) -> int:
    """To an answer: what is asked and what is asked again wait alike."""
    state = Asked.State.ASKED if asked.state == Asked.State.RETURNED else asked.state
    return AHEAD.index(state) if state in AHEAD else len(AHEAD)
