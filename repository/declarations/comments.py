from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment, Round
from platform_core.exchange.discussions.selectors import speakers
from platform_core.ground.registry.kinds import CalendarSource, NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders, may_see
from platform_core.identity.accounts.models import User

from .. import dates, selectors
from ..models import Record
from ..permissions import group


def record_of(event) -> Record | None:
    return Record.objects.filter(pk=event.thing_id).first() if event.thing == selectors.LABEL else None


def told_of_comment(event) -> list[int]:
    """Who deposited the record, and who is answered; not who said it."""
    record, comment = record_of(event), Comment.objects.filter(pk=event.payload.get("comment")).first()
    if record is None or comment is None:
        return []
    people = {record.deposited_by_id, comment.answers_to.author_id if comment.answers_to else None}
    return reading(record, people - {comment.author_id})


def group_of_record(event) -> list[int]:
    """The people of the working group of its first topic."""
    record = record_of(event)
    scope = group(record) if record else ""
    roles = ("wg_leader", "wg_representative", "wg_expert")
    people = {pk for role in roles for pk in holders(role, scope)} if record and scope else set()
    return sorted(people) if event.is_foreseen else reading(record, people)


def who_commented(event) -> list[int]:
    record = record_of(event)
    found = Round.objects.filter(pk=event.payload["round"]).first() if record else None
    return reading(record, speakers(found)) if record and found else []


def reading(record: Record, people: Iterable[int | None]) -> list[int]:
    """Those of the people who may read the comments today; nobody is told of what she may not see."""
    found = User.objects.filter(pk__in=[pk for pk in people if pk]).order_by("pk")
    return [one.pk for one in found if may_see(one, record) and one.has_perm("repository.comment_record", record)]


def facts_of_record(event) -> tuple[dict, str]:
    record = Record.objects.get(pk=event.thing_id)
    return {"title": record.title}, f"{record.get_absolute_url()}comments/"


about = teller(facts_of_record)
COMMENTS = [
    CalendarSource(code="repository.comments", name=_("Rounds of comments that close"), entries=dates.comments_due),
    NoticeKind(
        code="repository.commented",
        name=_("Somebody commented on what you deposited, or answered you"),
        verb="discussions.said",
        recipients=told_of_comment,
        content=about(_("New comment: %(title)s"), _("Somebody wrote about “%(title)s”. Read and answer there.")),
    ),
    NoticeKind(
        code="repository.comments_asked",
        name=_("Your working group is asked for comments"),
        verb="discussions.round_opened",
        recipients=group_of_record,
        content=about(
            _("Your comments, please: %(title)s"), _("You are asked for comments on “%(title)s”, question by question.")
        ),
    ),
    NoticeKind(
        code="repository.comments_summed",
        name=_("What came of your comments"),
        verb="discussions.round_closed",
        recipients=who_commented,
        content=about(
            _("What came of the comments: %(title)s"),
            _("Read what was changed in “%(title)s” because of the comments."),
        ),
    ),
]
