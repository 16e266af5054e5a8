from collections.abc import Collection

from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.cases.models import Case
from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    EventKind,
    NoticeKind,
    Overdue,
    Panel,
    PersonalData,
    Reaction,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import may_see, visible
from platform_core.identity.accounts.models import User

from ..models import Asked, InformationRequest
from ..selectors import requests as selectors
from ..services import information, requests


def title(asked: Asked) -> str:
    return gettext("Information for working group %(group)s: %(title)s") % {
        "group": asked.request.group_id,
        "title": asked.request.title,
    }


def facts(asked: Asked) -> list[tuple]:
    request, kind = asked.request, asked.request.record_kind
    form = vocabulary.term_name("record_kind", kind) if kind else gettext("Some questions")
    return [
        (_("What is asked"), request.text),
        (_("To be answered by"), form),
        (_("For the organisation"), str(asked.organisation)),
        (_("Where"), asked.get_absolute_url()),
    ]


def leaders_of_late(event) -> list[int]:
    """Whoever asked, when an organisation is late with its answer."""
    case = Case.objects.filter(pk=event.thing_id, kind="workinggroups.request").first()
    opener = User.objects.filter(pk=case.opener_id).first() if case and case.opener_id else None
    asked = find_thing(selectors.ASKED, case.object_id) if opener else None
    return [opener.pk] if asked and may_see(opener, asked) else []


def about_case(event) -> tuple[dict, str]:
    case = Case.objects.get(pk=event.thing_id)
    asked = find_thing(selectors.ASKED, case.object_id)
    return {"title": asked.request.title, "organisation": asked.organisation}, asked.get_absolute_url()


about = teller(about_case)
VERBS = {
    "request_drawn_up": _("An information request was drawn up"),
    "request_changed": _("An information request was changed"),
    "request_sent": _("An information request was sent"),
    "request_closed": _("An information request was closed"),
    "request_destroyed": _("An information request that was not sent was destroyed"),
    "information_asked": _("An organisation was asked for information"),
    "information_given": _("An organisation gave the information asked for"),
    "information_corrected": _("An organisation corrected what it had given"),
    "information_declined": _("An organisation said that it has nothing to report"),
    "information_returned": _("An answer was returned with what is lacking"),
    "information_extended": _("An organisation has another day for its answer"),
    "information_withdrawn": _("An organisation is not asked any more"),
    "information_joined": _("Two organisations that were asked turned out to be one"),
    "record_begun": _("The draft of a record was begun from an answer"),
}


def overdue(request, organisation, **subject) -> dict | None:
    rows = list(selectors.overdue_of(request.user, organisation))
    return {"overdue": rows} if rows else None


def late(organisations: Collection[int]) -> list[tuple]:
    return [(one.organisation_id, one.request.title, one.due_on) for one in selectors.late_of(organisations)]


REQUESTS = [
    Overdue(code="workinggroups.requests", of=late, has_panel=True),
    Panel(place="partner.main", order=20, template="workinggroups/panel_partner.html", context=overdue),
    Thing(
        label=selectors.LABEL,
        name=_("Information request"),
        title=lambda request: request.title,
        address=lambda request: request.get_absolute_url(),
        visible=lambda user: visible(InformationRequest.objects.all(), user),
        route="workinggroups:request",
    ),
    Thing(
        label=selectors.ASKED,
        name=_("Answer to an information request"),
        title=lambda asked: asked.request.title,
        address=lambda asked: asked.get_absolute_url(),
        visible=selectors.asked_of,
        route="workinggroups:asked",
    ),
    TrailKind(
        code=information.TRAIL,
        name=_("answers"),
        inverse=_("is answered by"),
        sources=("repository.record",),
        targets=(selectors.ASKED,),
        right="repository.relate_record",
        order=60,
    ),
    CaseKind(
        code="workinggroups.request",
        name=_("Information request"),
        verb="workinggroups.information_asked",
        handler=lambda asked: f"org:{asked.organisation_id}",
        days=21,
        due_on=lambda asked: asked.due_on,
        remind_days=lambda asked: asked.request.remind_days,
        title=title,
        facts=facts,
        needs=("request", "organisation"),
        withdraw=requests.withdraw,
        tells_overdue=False,
        answers=(
            CaseAnswer(
                code="given",
                name=_("Give the answer as it was kept"),
                outcome=_("Given"),
                perform=information.give_by_case,
            ),
            CaseAnswer(
                code="declined",
                name=_("We have nothing to report"),
                outcome=_("Nothing to report"),
                perform=information.decline_by_case,
                tone="secondary",
            ),
        ),
    ),
    Reaction(code="workinggroups.answer_cases", handle=information.end_case, verbs=frozenset(information.ANSWERS)),
    Reaction(
        code="workinggroups.end_cases_of_request",
        handle=information.end_cases_of_request,
        verbs=frozenset({"workinggroups.request_closed"}),
    ),
    Reaction(
        code="workinggroups.end_case_of_withdrawn",
        handle=information.end_case_of_withdrawn,
        verbs=frozenset({"workinggroups.information_withdrawn"}),
    ),
    Reaction(code="workinggroups.join_merged", handle=information.join_merged, verbs=frozenset({"members.merged"})),
    Reaction(
        code="workinggroups.move_case",
        handle=information.move_case,
        verbs=frozenset({"workinggroups.information_extended"}),
    ),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.answer_late",
        name=_("An organisation you asked for information is late"),
        verb="cases.overdue",
        recipients=leaders_of_late,
        content=about(
            _("Late: %(organisation)s, %(title)s"), _("%(organisation)s has not answered “%(title)s” by its last day.")
        ),
    ),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by", "title", "text"),
        holder="made_by",
        purpose=_("To know who asked organisations for information"),
        erasure="unlink",
    ),
    PersonalData(
        label=selectors.ASKED,
        fields=("given_by", "remarks", "reason"),
        holder="given_by",
        purpose=_("To know who gave information for an organisation"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.givenanswer",
        fields=("text", "file_name"),
        holder="",
        purpose=_("To know what organisations answer; who wrote it is kept with the answer as a whole"),
        erasure="keep",
    ),
]
