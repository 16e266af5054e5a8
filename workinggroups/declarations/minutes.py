from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.kinds import EventKind, NoticeKind, PersonalData
from platform_core.ground.texts.notices import teller
from platform_core.identity.accounts.models import User

from ..models import Minutes, MinutesRevision, Participant
from ..selectors import minutes as selectors
from ..selectors.meetings import LABEL


def concerned(event) -> list[int]:
    """Those who were invited, and those of the group who read them."""
    minutes = Minutes.objects.select_related("meeting").filter(meeting=event.thing_id).first()
    if minutes is None:
        return []
    rows = Participant.objects.filter(meeting=minutes.meeting_id, is_open=True).exclude(person=None)
    people = User.objects.filter(pk__in=rows.values("person")).order_by("pk")
    if event.is_foreseen:  # once circulated or final, all of them may read
        return [person.pk for person in people]
    return [person.pk for person in people if selectors.may_read(person, minutes.meeting)]


def told_of_comment(event) -> list[int]:
    """Who wrote on the minutes, of a comment by somebody else."""
    if event.thing != LABEL:
        return []
    comment = Comment.objects.filter(pk=event.payload.get("comment")).exclude(anchor=None).first()
    rows = MinutesRevision.objects.filter(item__meeting=event.thing_id).exclude(author=None)
    writers = set(rows.values_list("author", flat=True)) if comment else set()
    return sorted(writers - {comment.author_id if comment else None})


def about_minutes(event) -> tuple[dict, str]:
    minutes = Minutes.objects.select_related("meeting").get(meeting=event.thing_id)
    return {"title": minutes.meeting.title, "day": minutes.comments_until or ""}, minutes.get_absolute_url()


about = teller(about_minutes)
VERBS = {
    "minutes_written": _("The minutes of a meeting were written on"),
    "minutes_circulated": _("Minutes were given for comment"),
    "minutes_final": _("Minutes were made final"),
    "minutes_reopened": _("Final minutes were opened again"),
    "approval_noted": _("It was noted whether earlier minutes were approved"),
    "minutes_approved": _("Minutes were approved at a later meeting"),
    "minutes_unapproved": _("The approval of minutes was taken back"),
}
MINUTES = [
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.minutes_circulated",
        name=_("Minutes of a meeting you were invited to are for comment"),
        verb="workinggroups.minutes_circulated",
        recipients=concerned,
        content=about(_("Minutes for comment: %(title)s"), _("Please say until %(day)s whether they are right.")),
    ),
    NoticeKind(
        code="workinggroups.minutes_final",
        name=_("Minutes of a meeting you were invited to are final"),
        verb="workinggroups.minutes_final",
        recipients=concerned,
        content=about(_("Minutes: %(title)s"), _("The minutes of “%(title)s” are final. Read them there.")),
    ),
    NoticeKind(
        code="workinggroups.minutes_commented",
        name=_("Somebody commented on minutes you wrote"),
        verb="discussions.said",
        recipients=told_of_comment,
        content=about(_("Comment on the minutes: %(title)s"), _("Somebody commented on the minutes of “%(title)s”.")),
    ),
    PersonalData(
        label="workinggroups.minutes",
        fields=("others_present", "final_by"),
        holder="final_by",
        purpose=_("To know who was at a meeting and who made its minutes final"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.minutesrevision",
        fields=("author",),
        holder="author",
        purpose=_("To know who wrote what in minutes"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.writing",
        fields=("since",),
        holder="person",
        purpose=_("To tell people who write in the same minutes of each other"),
        erasure="delete",
    ),
]
