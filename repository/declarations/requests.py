from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import CaseAnswer, CaseKind, EventKind, PersonalData, Reaction
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.selectors import admin_key

from .. import file_requests, gaps, proposals
from ..models import FileRequest, GapRequest, Proposal


def gap_facts(request: GapRequest) -> list[tuple]:
    place, stage = request.region or request.country, request.cycle_stage
    return [
        (_("Topic"), str(request.topic)),
        (_("Place"), str(place or "")),
        (_("Kind"), vocabulary.term_name("record_kind", request.kind) if request.kind else ""),
        (_("Policy cycle"), vocabulary.term_name("cycle_stage", stage) if stage else ""),
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
                for_reader=True,
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


def file_facts(request: FileRequest) -> list[tuple]:
    return [(_("Record"), str(request.record)), (_("What they are needed for"), request.purpose)]


FILES = [
    CaseKind(
        code="repository.files",
        name=_("Request for files of a record"),
        verb="repository.files_asked",
        handler=file_requests.handler,
        days=14,
        title=lambda request: gettext("Files of “%(record)s”") % {"record": request.record},
        facts=file_facts,
        needs=("record",),
        withdraw=file_requests.end,
        answers=(
            CaseAnswer(
                code="given",
                name=_("Give the files"),
                outcome=_("The files are given"),
                perform=file_requests.give,
                form="repository.forms.file_requests.GiveFilesForm",
            ),
            CaseAnswer(
                code="refused",
                name=_("Do not give them"),
                outcome=_("The files are not given"),
                perform=file_requests.refuse,
                tone="secondary",
            ),
        ),
    ),
    EventKind(verb="repository.files_asked", name=_("Files of a record were asked for")),
    EventKind(verb="repository.files_given", name=_("Somebody was given the files of a record for a time")),
    EventKind(verb="repository.files_not_given", name=_("A request for files of a record ended without them")),
    PersonalData(
        label="repository.filerequest",
        fields=("purpose", "open_until"),
        holder="person",
        purpose=_("To know who was given files that are not open, and why"),
        erasure="delete",
    ),
]


def proposal_facts(proposal: Proposal) -> list[tuple]:
    changes = render_to_string("repository/proposal.html", {"proposal": proposal, "changes": proposals.told(proposal)})
    return [
        (_("What has changed"), proposal.note),
        (_("What it was and would be"), changes),
    ]


PROPOSALS = [
    CaseKind(
        code="repository.proposal",
        name=_("Proposal to change a record"),
        verb="repository.change_proposed",
        handler=proposals.handler,
        days=14,
        title=lambda proposal: gettext("A change of “%(record)s”") % {"record": proposal.record},
        facts=proposal_facts,
        needs=("record",),
        waits=lambda proposal: proposal.is_waiting,
        withdraw=proposals.take_back,
        answers=(
            CaseAnswer(
                code="taken",
                name=_("Take it over"),
                outcome=_("Taken over"),
                perform=proposals.take,
                right="repository.answer_proposal",
            ),
            CaseAnswer(
                code="declined",
                name=_("Do not take it over"),
                outcome=_("Not taken over"),
                perform=proposals.decline,
                right="repository.answer_proposal",
                tone="secondary",
            ),
        ),
    ),
    Reaction(
        code="repository.end_case_of_taken_back",
        handle=proposals.end_case_of_taken_back,
        verbs=frozenset({"repository.proposal_taken_back"}),
    ),
    Reaction(
        code="repository.case_follows_topics",
        handle=proposals.follow_topics,
        verbs=frozenset({"repository.changed"}),
    ),
    EventKind(verb="repository.change_proposed", name=_("A change of a published record was proposed")),
    EventKind(verb="repository.proposal_taken", name=_("A proposed change of a record was taken over")),
    EventKind(verb="repository.proposal_declined", name=_("A proposed change of a record was not taken over")),
    EventKind(verb="repository.proposal_taken_back", name=_("A proposed change of a record was taken back")),
    PersonalData(
        label="repository.proposal",
        fields=("person",),
        holder="person",
        purpose=_("To know who proposed a change"),
        erasure="unlink",
    ),
]
