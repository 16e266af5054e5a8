from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    AssessmentKind,
    EventKind,
    NoticeContent,
    NoticeKind,
    Outcome,
    PersonalData,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.people.members.models import Organisation

from ..models import Candidate, Expression, Letter
from ..permissions.calls import chair
from ..selectors import calls, expressions as selectors, ranking
from ..services import shortlist


def title(expression: Expression) -> str:
    return gettext("Expression of interest of %(organisation)s") % {"organisation": expression.organisation}


def people_of_organisation(expression: Expression) -> list[int]:
    """Its contact persons, and who sent the expression."""
    rows = Organisation.objects.filter(pk=expression.organisation_id)
    return sorted({*calls.speakers(rows), *filter(None, [expression.made_by_id])})


def expression_of(event) -> Expression | None:
    rows = Expression.objects.select_related("call", "organisation")
    if event.thing == "workinggroups.candidate":
        return rows.filter(candidates=event.thing_id).first()
    return rows.filter(pk=event.thing_id).first()


def sending(event) -> list[int]:
    found = expression_of(event)
    return people_of_organisation(found) if found else []


def chairing(event) -> list[int]:
    found = expression_of(event)
    return [pk for pk in people_of(chair(found.call), platform_day()) if pk] if found else []


def declined(event) -> list[int]:
    """Only a no is told, and a yes is seen there."""
    return [] if event.payload["agrees"] else [*sending(event), *chairing(event)]


def named(event) -> list[int]:
    rows = Candidate.objects.filter(pk=event.thing_id).exclude(person=None)
    return list(rows.values_list("person", flat=True))


def receiving(event) -> list[int]:
    found = Letter.objects.filter(pk=event.thing_id).select_related("expression").first()
    return people_of_organisation(found.expression) if found else []


def letter(event) -> NoticeContent:
    """The letter itself, in the language the organisation wrote in."""
    found = Letter.objects.get(pk=event.thing_id)
    return NoticeContent(subject=found.subject, text=found.text, address=found.expression.get_absolute_url())


def facts(event) -> tuple[dict, str]:
    found = Expression.objects.select_related("call", "organisation").get(pk=event.thing_id)
    words = {"call": found.call.title, "organisation": found.organisation, "day": found.complete_until}
    return words | {"state": found.get_state_display()}, found.get_absolute_url()


def facts_of_candidate(event) -> tuple[dict, str]:
    found = Candidate.objects.select_related("expression__call", "expression__organisation").get(pk=event.thing_id)
    words = {"call": found.expression.call.title, "organisation": found.expression.organisation}
    return words, found.get_absolute_url()


def facts_of_answer(event) -> tuple[dict, str]:
    found = Candidate.objects.select_related("expression__call", "expression__organisation").get(pk=event.thing_id)
    words = {"call": found.expression.call.title, "organisation": found.expression.organisation}
    return words, found.expression.get_absolute_url()


told, told_candidate, told_answer = teller(facts), teller(facts_of_candidate), teller(facts_of_answer)
VERBS = {
    "expression_received": _("An expression of interest was received"),
    "expression_judged": _("The eligibility of an expression of interest was judged"),
    "completion_asked": _("An expression of interest is to be completed"),
    "expression_completed": _("An expression of interest was completed"),
    "candidate_named": _("Somebody was named for a seat"),
    "candidate_answered": _("Somebody answered whether she agrees to be named"),
    "seat_offered": _("A seat was offered"),
    "seat_taken": _("A seat was taken"),
    "seat_refused": _("A seat was refused"),
    "letter_sent": _("A letter about an expression of interest was sent"),
}
EXPRESSIONS = [
    Thing(
        label=selectors.LABEL,
        name=_("Expression of interest"),
        title=title,
        address=lambda expression: expression.get_absolute_url(),
        visible=selectors.expressions,
        route="workinggroups:expression",
    ),
    AssessmentKind(
        code=ranking.KIND,
        name=_("Evaluation of an expression of interest"),
        grid=lambda expression: expression.call.grid,
        handler=lambda expression: chair(expression.call),
        evaluators=shortlist.evaluators,
        interested=shortlist.interested,
        conclude=shortlist.conclude_one,
        minimum=shortlist.LEAST,
        outcomes=(
            Outcome(code="accept", name=_("Accepted"), allowed=shortlist.carries("accept")),
            Outcome(code="reserve", name=_("On the reserve list"), allowed=shortlist.carries("reserve")),
            Outcome(code="decline", name=_("Declined"), allowed=shortlist.carries("decline")),
        ),
    ),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.expression_judged",
        name=_("The eligibility of your organisation's expression of interest was judged"),
        verb="workinggroups.expression_judged",
        recipients=sending,
        content=told(
            _("%(state)s: %(call)s"),
            _(
                "The expression of interest of %(organisation)s for “%(call)s” was looked through: %(state)s. Read there why."
            ),
        ),
    ),
    NoticeKind(
        code="workinggroups.completion_asked",
        name=_("Your organisation's expression of interest is to be completed"),
        verb="workinggroups.completion_asked",
        recipients=sending,
        content=told(
            _("To be completed until %(day)s: %(call)s"),
            _(
                "Something is lacking in the expression of interest of %(organisation)s. Please complete it until %(day)s."
            ),
        ),
        urgent=True,
    ),
    NoticeKind(
        code="workinggroups.expression_completed",
        name=_("An expression of interest was completed"),
        verb="workinggroups.expression_completed",
        recipients=chairing,
        content=told(
            _("Completed: %(organisation)s"), _("%(organisation)s has completed its expression for “%(call)s”.")
        ),
    ),
    NoticeKind(
        code="workinggroups.candidate_named",
        name=_("You were named for a seat"),
        verb="workinggroups.candidate_named",
        recipients=named,
        content=told_candidate(
            _("Do you agree? %(call)s"),
            _(
                "%(organisation)s has named you for a seat in “%(call)s”. Read what is said of you and say whether you agree."
            ),
        ),
    ),
    NoticeKind(
        code="workinggroups.candidate_answered",
        name=_("Somebody who was named does not agree"),
        verb="workinggroups.candidate_answered",
        recipients=declined,
        content=told_answer(
            _("Does not agree: %(call)s"),
            _("Somebody %(organisation)s has named for “%(call)s” does not agree; what was said of her is gone."),
        ),
    ),
    NoticeKind(
        code="workinggroups.seat_offered",
        name=_("A seat is offered to you"),
        verb="workinggroups.seat_offered",
        recipients=named,
        content=told_candidate(
            _("A seat for you: %(call)s"), _("A seat is offered to you after “%(call)s”. Please take it, or say no.")
        ),
    ),
    NoticeKind(
        code="workinggroups.seat_refused",
        name=_("Somebody has refused a seat"),
        verb="workinggroups.seat_refused",
        recipients=chairing,
        content=told_answer(
            _("A seat was refused: %(call)s"),
            _("Somebody of %(organisation)s has refused the seat. You can offer it to the reserve list."),
        ),
    ),
    NoticeKind(
        code="workinggroups.letter_sent",
        name=_("The answer to your organisation's expression of interest"),
        verb="workinggroups.letter_sent",
        recipients=receiving,
        content=letter,
        is_private=True,
    ),
    PersonalData(
        label="workinggroups.expression",
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who sent an expression of interest for an organisation"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.callanswer",
        fields=("text", "name"),
        holder="",
        purpose=_("What an organisation answers to a call; it is the organisation's"),
        erasure="keep",
    ),
    PersonalData(
        label="workinggroups.candidate",
        fields=("person", "name", "email", "role", "experience", "cv_name", "consent", "decision", "seat"),
        holder="person",
        purpose=_("To choose the people who sit in a working group"),
        erasure="delete",
        files=lambda person: [(one.cv_name, one.cv.content) for one in with_cv(person)],
    ),
    PersonalData(
        label="workinggroups.letter",
        fields=("subject", "text"),
        holder="",
        purpose=_("To keep what organisations were told after a call"),
        erasure="keep",
    ),
]


def with_cv(person):
    return Candidate.objects.filter(person=person.pk).exclude(cv=None).select_related("cv")
