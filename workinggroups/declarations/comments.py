from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.identity.accounts.models import User

from ..models import Document, WikiPage
from ..selectors import wiki
from ..selectors.documents import LABEL, documents

SEEN = {LABEL: (Document, documents), wiki.LABEL: (WikiPage, wiki.pages)}


def thing_of(event) -> Document | WikiPage | None:
    model, _seen = SEEN.get(event.thing, (None, None))
    return model.objects.filter(pk=event.thing_id).first() if model else None


def told_of_comment(event) -> list[int]:
    """Who made the document or page, who changed it last, and who is answered; not who said it, and only who sees it."""
    thing = thing_of(event)
    comment = Comment.objects.filter(pk=event.payload.get("comment")).first() if thing else None
    if thing is None or comment is None:
        return []
    last = (thing.revisions if isinstance(thing, WikiPage) else thing.versions).first()
    people = {thing.made_by_id, last.author_id, comment.answers_to.author_id if comment.answers_to else None}
    found = User.objects.filter(pk__in=[pk for pk in people - {comment.author_id} if pk]).order_by("pk")
    seen = SEEN[event.thing][1]
    return [person.pk for person in found if seen(person).filter(pk=thing.pk).exists()]


def about_comments(event) -> tuple[dict, str]:
    thing = thing_of(event)
    route = "workinggroups:wiki_comments" if isinstance(thing, WikiPage) else "workinggroups:comments"
    return {"title": thing.title}, reverse(route, args=[thing.pk])


about = teller(about_comments)
COMMENTS = [
    NoticeKind(
        code="workinggroups.commented",
        name=_("Somebody commented on a document or wiki page you worked on, or answered you"),
        verb="discussions.said",
        recipients=told_of_comment,
        content=about(_("New comment: %(title)s"), _("Somebody wrote about “%(title)s”. Read and answer there.")),
    ),
]
