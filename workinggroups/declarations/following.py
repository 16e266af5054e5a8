"""What people are told of things they follow: documents, meetings, tasks, calls, information requests and whole groups."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, others, seeing
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.ground.texts.notices import teller

from ..models import Asked, Call, Document, Meeting, Task


def of_itself(model) -> Callable:
    """Those who follow the thing of the event."""

    def found(event) -> list[int]:
        thing = model.objects.filter(pk=event.thing_id).first()
        return others(event, followers(thing)) if thing else []

    return found


def of_its_group(model) -> Callable:
    """Those who follow its group and may see it."""

    def found(event) -> list[int]:
        thing = model.objects.select_related("group").filter(pk=event.thing_id).first()
        return others(event, seeing(thing, followers(thing.group))) if thing else []

    return found


def facts_of(model) -> Callable:
    def found(event) -> tuple[dict, str]:
        thing = model.objects.select_related("group__topic").get(pk=event.thing_id)
        return {"title": thing.title, "group": thing.group}, thing.get_absolute_url()

    return found


def of_its_request(event) -> list[int]:
    """Those who follow the request that an organisation has answered."""
    asked = Asked.objects.select_related("request").filter(pk=event.thing_id).first()
    return others(event, seeing(asked, followers(asked.request))) if asked else []


def facts_of_answer(event) -> tuple[dict, str]:
    asked = Asked.objects.select_related("request", "organisation").get(pk=event.thing_id)
    return {"title": asked.request.title, "organisation": asked.organisation}, asked.get_absolute_url()


of_document, of_meeting = teller(facts_of(Document)), teller(facts_of(Meeting))
of_task, of_call, of_answer = teller(facts_of(Task)), teller(facts_of(Call)), teller(facts_of_answer)
CALLS = {
    "call_extended": (_("A call you follow has more time"), _("“%(title)s” can be answered longer.")),
    "call_concluded": (_("A call you follow is concluded"), _("“%(title)s” is concluded. Read the result there.")),
    "call_cancelled": (_("A call you follow was cancelled"), _("“%(title)s” was cancelled. Read the reasons there.")),
}
TASKS = {
    "task_changed": (_("A task you follow was changed"), _("“%(title)s” was changed.")),
    "task_moved": (_("Somebody said how far a task is that you follow"), _("Read there how far “%(title)s” is.")),
    "task_done": (_("A task you follow is done"), _("“%(title)s” is done.")),
}
FOLLOWING = [
    NoticeKind(
        code="workinggroups.document_changed",
        name=_("A document you follow has a new version"),
        verb="workinggroups.document_changed",
        recipients=of_itself(Document),
        content=of_document(
            _("New version: %(title)s"), _("“%(title)s” has a new version. Compare it there with the last.")
        ),
        pace="daily",
    ),
    NoticeKind(
        code="workinggroups.document_added",
        name=_("A group you follow has a new document"),
        verb="workinggroups.document_added",
        recipients=of_its_group(Document),
        content=of_document(_("New document: %(title)s"), _("“%(title)s” was added to the library of %(group)s.")),
        pace="daily",
    ),
    NoticeKind(
        code="workinggroups.group_meeting_called",
        name=_("A group you follow has called a meeting"),
        verb="workinggroups.meeting_called",
        recipients=of_its_group(Meeting),
        content=of_meeting(_("Meeting: %(title)s"), _("%(group)s has called the meeting “%(title)s”.")),
        pace="daily",
        order=60,
    ),
    NoticeKind(
        code="workinggroups.group_minutes_final",
        name=_("Minutes of a group you follow are final"),
        verb="workinggroups.minutes_final",
        recipients=of_its_group(Meeting),
        content=of_meeting(_("Minutes: %(title)s"), _("The minutes of “%(title)s” are final. Read them there.")),
        pace="daily",
        order=60,
    ),
    *(
        NoticeKind(
            code=f"workinggroups.followed_{verb}",
            name=name,
            verb=f"workinggroups.{verb}",
            recipients=of_itself(model),
            content=content(_("News: %(title)s"), text),
            pace="daily",
            order=60,
        )
        for model, content, kinds in ((Task, of_task, TASKS), (Call, of_call, CALLS))
        for verb, (name, text) in kinds.items()
    ),
    NoticeKind(
        code="workinggroups.followed_request_answered",
        name=_("An information request you follow was answered"),
        verb="workinggroups.information_given",
        recipients=of_its_request,
        content=of_answer(_("Answered: %(title)s"), _("%(organisation)s has answered “%(title)s”.")),
        pace="daily",
        order=60,
    ),
]
