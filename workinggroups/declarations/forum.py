from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Post, Thread
from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.ground.registry.kinds import Demonstration, DocumentPage, Forum, Searchable, SearchDocument, Thing

from ..demonstration import talk
from ..permissions.groups import commenting, in_forum, writing
from ..selectors import forum as selectors

SUMMARY = 300


def search_document(pk: int) -> SearchDocument | None:
    """A thread with what is shown of it, without the names of people called in; its words are those of its posts."""
    thread = selectors.for_search(pk)
    if thread is None or not thread.shown:
        return None
    names = selectors.names_in(thread.posts.all())
    told = {post.pk: selectors.masked(post.text, names.get(post.pk, ())) for post in thread.shown}
    return SearchDocument(
        title={thread.language: thread.title, "_source": thread.language},
        summary={
            thread.language: told[thread.shown[0].pk][:SUMMARY],
            "_source": thread.language,
        },
        body={},
        route="workinggroups:thread",
        key=str(thread.pk),
        day=thread.last_at.date(),
        facets={
            "topic": [str(selectors.number_of(thread))],
            "language": sorted({post.language for post in thread.shown}),
        },
        pages=[
            DocumentPage(
                file=post.pk,
                name="",
                number=1,
                language=post.language,
                text=told[post.pk],
            )
            for post in thread.shown
        ],
    )


def posts(user):
    return Post.objects.filter(thread__in=discussions.threads(user))


FORUM = [
    Forum(
        prefix="group:",
        starters=lambda scope: in_forum(scope, writing),
        writers=lambda scope: in_forum(scope, commenting),
    ),
    Demonstration(order=60, load=talk.load),
    Thing(
        label=selectors.LABEL,
        invitable=True,
        invite_right="discussions.moderate",
        name=_("Thread"),
        title=lambda thread: thread.title,
        address=lambda thread: reverse("workinggroups:thread", args=[thread.pk]),
        visible=discussions.threads,
        route="workinggroups:thread",
    ),
    Thing(
        label="discussions.post",
        name=_("Post"),
        title=lambda post: post.thread.title,
        address=lambda post: reverse("workinggroups:post", args=[post.pk]),
        visible=posts,
        route="workinggroups:post",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Threads of forums"),
        document=search_document,
        every=lambda: Thread.objects.values_list("pk", flat=True),
        order=37,
        page_route="workinggroups:post",
    ),
]
