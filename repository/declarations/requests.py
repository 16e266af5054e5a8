from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import CaseAnswer, CaseKind, EventKind, PersonalData
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.selectors import admin_key

from .. import gaps
from ..models import GapRequest


def gap_facts(request: GapRequest) -> list[tuple]:
    place = request.region or request.country
    return [
        (_("Topic"), str(request.topic)),
        (_("Place"), str(place or "")),
        (_("Kind"), vocabulary.term_name("record_kind", request.kind) if request.kind else ""),
        (_("What is asked for"), request.text),
    ]


GAPS = [
    CaseKind(
        code="repository.gap",
        name=_("Request for what the repository lacks"),
        verb="repository.gap_asked",
        handler=lambda request: admin_key(request.organisation_id),
        days=30,
        title=lambda request: (
            gettext("Something on “%(topic)s” from %(organisation)s")
            % {"topic": request.topic, "organisation": request.organisation}
        ),
        facts=gap_facts,
        needs=("topic", "organisation"),
        withdraw=gaps.take_back,
        answers=(
            CaseAnswer(
                code="told",
                name=_("We have deposited something"),
                outcome=_("Told"),
                perform=gaps.tell,
                form="repository.forms.gaps.GapAnswerForm",
            ),
            CaseAnswer(
                code="nothing",
                name=_("We have nothing to tell"),
                outcome=_("Nothing to tell"),
                perform=gaps.nothing,
                tone="secondary",
            ),
        ),
    ),
    EventKind(verb="repository.gap_asked", name=_("An organisation was asked for what the repository lacks")),
    EventKind(verb="repository.gap_answered", name=_("A request for what the repository lacks was answered")),
    PersonalData(
        label="repository.gaprequest",
        fields=("asked_by",),
        holder="asked_by",
        purpose=_("To know who asked for something"),
        erasure="unlink",
    ),
]
