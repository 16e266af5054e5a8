from datetime import timedelta

from django.utils import timezone

from platform_core.people.members.models import Organisation
from tests.factories.workinggroups import group
from workinggroups.models import Asked, InformationRequest
from workinggroups.services import information, requests

QUESTIONS = (
    {"kind": "long", "text": "What changed?", "is_required": True},
    {"kind": "number", "text": "How much?"},
    {"kind": "choice", "text": "Which way?", "choices": ["Up", "Down"]},
    {"kind": "date", "text": "Since when?"},
    {"kind": "file", "text": "Which paper?"},
)


def organisation_of(person) -> Organisation:
    return person.affiliations.get().organisation


def drawn_up(by, title: str = "What is new?", *, of: int = 4, days: int = 14, **fields) -> InformationRequest:
    """A request with five questions, not sent yet."""
    due_on = timezone.localdate() + timedelta(days=days)
    told = {"title": title, "text": "Please tell us.", "language": "en", "due_on": due_on, **fields}
    made = requests.draw_up(group(of), by=by, **told)
    if not made.record_kind:
        requests.set_questions(made, [dict(row) for row in QUESTIONS], by=by)
    return made


def sent(by, *people, **fields) -> InformationRequest:
    """A request sent to the organisations of these people."""
    made = drawn_up(by, **fields)
    requests.choose(made, [organisation_of(person) for person in people], by=by)
    requests.send(made, by=by)
    made.refresh_from_db()
    return made


def asked(request: InformationRequest, person) -> Asked:
    return Asked.objects.select_related("request").get(request=request, organisation=organisation_of(person))


def given(request: InformationRequest, person, text: str = "Much.") -> Asked:
    found = asked(request, person)
    information.keep(found, {request.questions.first().pk: text}, by=person)
    information.give(found, by=person)
    return asked(request, person)
