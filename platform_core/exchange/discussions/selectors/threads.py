import re

from django.db.models import BooleanField, Count, Exists, OuterRef, Prefetch, QuerySet, Value
from django.shortcuts import get_object_or_404

from platform_core.exchange.messaging.selectors.following import seeing
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible
from platform_core.identity.access.sight import people_with
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import acting_for

from ..models import Category, Hiding, Post, PostTranslation, PostVersion, Reading, Report, Thread

PER_PAGE = 25


def categories(forum: str, *, archived: bool = False) -> QuerySet[Category]:
    rows = Category.objects.filter(forum=forum)
    return rows if archived else rows.filter(archived_on=None)


def seen_categories(user, forum: str) -> QuerySet[Category]:
    """All of them for those the forum belongs to; for others those in which they see something."""
    rows = categories(forum)
    if user.has_perm("discussions.start_thread", Category(forum=forum)):
        return rows
    return rows.filter(Exists(threads(user).filter(category=OuterRef("pk"))))


def threads(user) -> QuerySet[Thread]:
    return visible(Thread.objects.all(), user)


def thread_for(user, pk: int) -> Thread:
    return get_object_or_404(threads(user).select_related("category", "author"), pk=pk)


def in_forum(
    user, forum: str, *, category: int | None = None, language: str = "", answered: str = "", mine: bool = False
) -> QuerySet[Thread]:
    """The threads of a forum a person sees: pinned ones, then the latest post first; each says whether she has read it."""
    rows = threads(user).filter(forum=forum).select_related("category", "author")
    if category is not None:
        rows = rows.filter(category=category)
    if language:
        rows = rows.filter(Exists(Post.objects.filter(thread=OuterRef("pk"), language=language)))
    if answered:
        rows = rows.filter(answer__isnull=answered == "no")
    if mine:
        rows = rows.filter(Exists(Post.objects.filter(thread=OuterRef("pk"), author=user)))
    return with_unread(rows, user)


def with_unread(rows: QuerySet[Thread], user) -> QuerySet[Thread]:
    if not user.is_authenticated:
        return rows.annotate(is_unread=Value(False, BooleanField()))
    read = Reading.objects.filter(thread=OuterRef("pk"), person=user, post__gte=OuterRef("last_post"))
    return rows.annotate(is_unread=~Exists(read))


def unread_count(user, forum: str) -> int:
    return with_unread(threads(user).filter(forum=forum), user).filter(is_unread=True).count()


def posts(thread: Thread) -> QuerySet[Post]:
    """In the order they were written, with all that a page shows of them."""
    rows = thread.posts.select_related("author").order_by("pk")
    translations = PostTranslation.objects.select_related("author")
    return rows.prefetch_related("files__file", Prefetch("translations", translations))


def post_for(user, pk: int) -> Post:
    """A post in a thread the reader sees, wherever it was moved."""
    rows = Post.objects.filter(thread__in=threads(user)).select_related("thread__category", "author")
    return get_object_or_404(rows, pk=pk)


def shown_post_for(user, pk: int) -> Post:
    """One that is neither hidden nor deleted."""
    rows = Post.objects.filter(thread__in=threads(user), hidden_because="", deleted_at=None)
    return get_object_or_404(rows.select_related("thread__category", "author"), pk=pk)


def translation(post: Post, language: str) -> PostTranslation | None:
    return PostTranslation.objects.select_related("author").filter(post=post, language=language).first()


def page_of(post: Post) -> int:
    """The page of its thread a post stands on."""
    before = Post.objects.filter(thread=post.thread_id, pk__lt=post.pk).count()
    return before // PER_PAGE + 1


def read_until(user, thread: Thread) -> int:
    if not user.is_authenticated:
        return thread.last_post
    return Reading.objects.filter(thread=thread, person=user).values_list("post", flat=True).first() or 0


def first_unread(user, thread: Thread) -> Post | None:
    return Post.objects.filter(thread=thread, pk__gt=read_until(user, thread)).order_by("pk").first()


def versions(post: Post) -> QuerySet[PostVersion]:
    return post.versions.all()


def split_off(user, thread: Thread) -> QuerySet[Thread]:
    return threads(user).filter(split_from=thread)


def came_from(user, thread: Thread) -> Thread | None:
    return threads(user).filter(pk=thread.split_from_id).first() if thread.split_from_id else None


def people_of(forum: str) -> set[int]:
    """Those who hold a role in the forum's scope today, and the lead partner."""
    return people_with([forum, "role:lead_partner"], platform_day())


def callable_by_name(forum: str, thread: Thread | None = None) -> dict[str, int]:
    """Whom a post can call, by names of which no two are the same; in a thread only who sees it."""
    people = people_of(forum)
    if thread is not None:
        people |= set(thread.posts.exclude(author=None).order_by().values_list("author", flat=True).distinct())
        people = set(seeing(thread, people))
    rows = User.objects.filter(pk__in=people, is_active=True).order_by("name", "pk").values_list("pk", "name")
    return unlike(list(rows))


def unlike(rows: list[tuple[int, str]]) -> dict[str, int]:
    """People of one name are told apart by their organisation, and by a number where that is the same too."""
    count: dict[str, int] = {}
    for _pk, name in rows:
        count[name] = count.get(name, 0) + 1
    same = [pk for pk, name in rows if count[name] > 1]
    act_for = acting_for(same) if same else {}
    found: dict[str, int] = {}
    for pk, name in rows:
        label = f"{name} ({act_for[pk].code})" if pk in act_for else name
        while label in found:
            label = f"{label} *"
        found[label] = pk
    return found


def called(text: str, names: dict[str, int]) -> set[int]:
    """Whom a text calls as @Name; the longest name that fits counts."""
    found = set()
    for name in sorted(names, key=len, reverse=True):
        text, times = re.subn(rf"(?<!\w)@{re.escape(name)}(?!\w)", "", text)
        found |= {names[name]} if times else set()
    return found


# What waits for whoever looks after a forum


def reported(forum: str) -> QuerySet[Post]:
    """Posts with open reports, the oldest report first."""
    waiting = Report.objects.filter(settled_at=None).select_related("reporter")
    rows = Post.objects.filter(thread__forum=forum, reports__settled_at=None, reports__isnull=False)
    rows = rows.select_related("thread", "author").annotate(waiting=Count("reports"))
    return rows.prefetch_related(Prefetch("reports", waiting, to_attr="open_reports")).order_by("pk")


OBJECTED = Hiding.objects.filter(objected_at__isnull=False, answered_at=None, ended_at=None)


def objections(forum: str) -> QuerySet[Hiding]:
    rows = OBJECTED.filter(post__thread__forum=forum)
    return rows.select_related("post__thread", "post__author").order_by("objected_at")


def pending(forum: str) -> int:
    """What waits in all forums is read, for that is little; a database asked for one forum looks at each of its posts."""
    posts = set(Report.objects.filter(settled_at=None).values_list("post__thread__forum", "post"))
    waiting = [*posts, *OBJECTED.values_list("post__thread__forum", "pk")]
    return sum(place == forum for place, _pk in waiting)


def hiding_of(post: Post) -> Hiding | None:
    return post.hidings.filter(ended_at=None).first()
