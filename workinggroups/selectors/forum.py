from collections.abc import Iterable

from django.db.models import Prefetch

from platform_core.exchange.discussions.models import Category, Mention, Post, Thread
from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.ground.texts.codes import active_code

from ..models import WorkingGroup
from .groups import group_for, groups

LABEL = "discussions.thread"
EXCERPT = 90
SPLIT = 200


def number_of(thread: Thread) -> int:
    """The group a thread lies in."""
    return int(thread.forum.partition(":")[2])


def group_of(user, thread: Thread) -> WorkingGroup:
    return group_for(user, number_of(thread))


def looked_after(user) -> list[WorkingGroup]:
    """The groups whose forums a person looks after."""
    rows = groups(user).order_by("pk")
    return [one for one in rows if user.has_perm("discussions.moderate", Category(forum=one.scope))]


def may_name(user, thread: Thread) -> bool:
    """Guests read what was said, not who said it."""
    return user.has_perm("members.view_contacts") or (
        user.is_authenticated and user.has_perm("discussions.write_post", thread)
    )


def told(posts: Iterable[Post], *, named: bool) -> list[Post]:
    """Posts with the `words` a reader sees: those in her language where somebody has translated them are offered beside."""
    found = list(posts)
    called = {} if named else names_in(found)
    for post in found:
        post.words = masked(post.text, called.get(post.pk, ()))
        post.own = next((one for one in post.translations.all() if one.language == active_code()), None)
        if post.own:
            post.own.words = masked(post.own.text, called.get(post.pk, ()))
            post.own.is_stale = post.own.version != post.version
    return found


def names_in(posts: Iterable[Post]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in Mention.objects.filter(post__in=posts).select_related("person"):
        found.setdefault(one.post_id, []).append(one.person.name)
    return found


def masked(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(f"@{name}", "@…")
    return text


def choices_of(thread: Thread) -> list[tuple[int, str]]:
    """The last posts of a thread, each by its number and beginning, for who splits it."""
    rows = list(thread.posts.select_related("author").order_by("-pk")[:SPLIT])[::-1]
    first = thread.posts.count() - len(rows) + 1
    return [
        (post.pk, f"{place}. {post.author or '–'}: {' '.join(post.text.split())[:EXCERPT]}")
        for place, post in enumerate(rows, first)
    ]


def for_search(pk: int) -> Thread | None:
    shown = Post.objects.filter(hidden_because="", deleted_at=None).order_by("pk")
    rows = Thread.objects.prefetch_related(Prefetch("posts", shown, to_attr="shown"))
    return rows.filter(pk=pk).first()


def post_for(user, pk: int) -> tuple[WorkingGroup, Post]:
    post = discussions.post_for(user, pk)
    return group_of(user, post.thread), post
