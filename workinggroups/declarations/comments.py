from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.identity.accounts.models import User

from ..models import Document
from ..selectors.documents import LABEL, documents


def told_of_comment(event) -> list[int]:
    """Who made the document, who made its last version, and who is answered; not who said it, and only who sees it."""
    document = Document.objects.filter(pk=event.thing_id).first() if event.thing == LABEL else None
    comment = Comment.objects.filter(pk=event.payload.get("comment")).first() if document else None
    if document is None or comment is None:
        return []
    last = document.versions.first()
    people = {document.made_by_id, last.author_id, comment.answers_to.author_id if comment.answers_to else None}
    found = User.objects.filter(pk__in=[pk for pk in people - {comment.author_id} if pk]).order_by("pk")
    return [person.pk for person in found if documents(person).filter(pk=document.pk).exists()]


def about_comments(event) -> tuple[dict, str]:
    document = Document.objects.get(pk=event.thing_id)
    return {"title": document.title}, f"{document.get_absolute_url()}comments/"


about = teller(about_comments)
COMMENTS = [
    NoticeKind(
        code="workinggroups.commented",
        name=_("Somebody commented on a document you worked on, or answered you"),
        verb="discussions.said",
        recipients=told_of_comment,
        content=about(_("New comment: %(title)s"), _("Somebody wrote about “%(title)s”. Read and answer there.")),
    ),
]
