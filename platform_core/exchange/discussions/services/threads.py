from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.messaging import services as messaging
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import audience_of, require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit

from ..models import Category, Post, Reading, Thread
from . import posts

OPEN = {Thread.Openness.PUBLIC: {MEMBERS, PUBLIC}, Thread.Openness.MEMBERS: {MEMBERS}}


@transaction.atomic
def keep_category(
    category: Category | None, *, by, forum: str, name: str, about: str = "", place: int = 0, archived: bool = False
) -> Category:
    """A new category, or another name, place or end of one; what lies in an archived one stays and is found."""
    found = category or Category(forum=forum)
    require(by, "discussions.moderate", found)
    name = " ".join(name.split())
    if Category.objects.filter(forum=found.forum, name=name).exclude(pk=found.pk).exists():
        raise ValidationError({"name": _("There is a category of this name already.")})
    found.name, found.about, found.place = name, about, place
    found.archived_on = (found.archived_on or platform_day()) if archived else None
    found.save()
    audit.record("discussions.category_kept", found, by=by)
    return found


def held(thread: Thread) -> Thread:
    """The thread under lock, so that of two deeds at once the second sees the first."""
    return Thread.objects.select_for_update().get(pk=thread.pk)


@transaction.atomic
def start(
    forum: str,
    title: str,
    text: str,
    *,
    by,
    language: str,
    category: Category | None = None,
    files=(),
    told: Collection[int] = (),
) -> Thread:
    """A thread with its first post, seen by those the forum belongs to. Sent twice, it is started once."""
    require(by, "discussions.start_thread", Category(forum=forum))
    if category is not None and (category.forum != forum or category.archived_on):
        raise ValidationError({"category": _("Please choose another category.")})
    title, text = " ".join(title.split()), posts.checked(text)
    if not title:
        raise ValidationError({"title": _("Please give a title.")})
    User.objects.select_for_update().get(pk=by.pk)
    last = Thread.objects.filter(forum=forum, author=by).order_by("-pk").first()
    if last and last.title == title and last.posts.order_by("pk").first().text == text:
        return last
    now = timezone.now()
    thread = Thread.objects.create(
        forum=forum, category=category, title=title, language=language, author=by, started_at=now, last_at=now
    )
    show(thread)
    audit.record("discussions.thread_started", thread, by=by)
    posts.add(thread, text, by=by, language=language, files=files, told=told)
    return thread


def show(thread: Thread) -> None:
    access.set_audience(thread, keys_of(thread))


def keys_of(thread: Thread) -> set[str]:
    keys = {thread.forum, f"role:wg_leader@{thread.forum}", "role:lead_partner"}
    return keys | OPEN.get(thread.openness, set())


def recount(thread: Thread) -> None:
    """After posts came or went: how many there are, and which is the last."""
    thread.posts_count = thread.posts.count()
    thread.last_post = thread.posts.aggregate(last=Max("pk"))["last"] or 0
    thread.last_at = thread.posts.aggregate(last=Max("written_at"))["last"] or thread.started_at
    if thread.answer_id and not thread.posts.filter(pk=thread.answer_id).exists():
        thread.answer = None
    thread.save(update_fields=["posts_count", "last_post", "last_at", "answer"])


@transaction.atomic
def open_to(thread: Thread, openness: str, *, by) -> Thread:
    thread = held(thread)
    require(by, "discussions.moderate", thread)
    thread.openness = Thread.Openness(openness)
    thread.save(update_fields=["openness"])
    show(thread)
    audit.record("discussions.thread_opened_to", thread, by=by, openness=str(thread.openness))
    return thread


@transaction.atomic
def put(thread: Thread, *, by, state: str | None = None, pinned: bool | None = None) -> Thread:
    """Open, locked or closed; pinned or not."""
    thread = held(thread)
    require(by, "discussions.moderate", thread)
    if state is not None:
        thread.state = Thread.State(state)
    if pinned is not None:
        thread.is_pinned = pinned
    thread.save(update_fields=["state", "is_pinned"])
    audit.record("discussions.thread_put", thread, by=by, state=str(thread.state), pinned=thread.is_pinned)
    return thread


@transaction.atomic
def rename(thread: Thread, title: str, *, by) -> Thread:
    thread = held(thread)
    require(by, "discussions.mark_answer", thread)
    thread.title = " ".join(title.split())
    if not thread.title:
        raise ValidationError({"title": _("Please give a title.")})
    thread.save(update_fields=["title"])
    audit.record("discussions.thread_renamed", thread, by=by)
    return thread


@transaction.atomic
def mark_answer(thread: Thread, post: Post | None, *, by) -> Thread:
    """The post that answers what the thread asks; None takes the mark away."""
    thread = held(thread)
    require(by, "discussions.mark_answer", thread)
    if post is not None and (post.thread_id != thread.pk or not post.is_shown):
        raise PermissionDenied
    thread.answer = post
    thread.save(update_fields=["answer"])
    if post is not None:
        audit.record("discussions.answer_marked", thread, by=by, post=post.pk)
    return thread


@transaction.atomic
def move(thread: Thread, forum: str, category: Category | None, *, by) -> Thread:
    """To another category, or to another forum by who looks after both; every address of it stays."""
    thread = held(thread)
    require(by, "discussions.moderate", thread)
    require(by, "discussions.moderate", Category(forum=forum))
    if category is not None and (category.forum != forum or category.archived_on):
        raise ValidationError({"category": _("Please choose another category.")})
    thread.forum, thread.category = forum, category
    thread.save(update_fields=["forum", "category"])
    show(thread)
    audit.record("discussions.thread_moved", thread, by=by, forum=forum)
    return thread


@transaction.atomic
def split(thread: Thread, chosen: Collection[int], title: str, *, by) -> Thread:
    """Some posts become a thread of their own, seen by the same people; each thread leads to the other."""
    thread = held(thread)
    require(by, "discussions.moderate", thread)
    rows = thread.posts.filter(pk__in=chosen).order_by("pk")
    first, title = rows.first(), " ".join(title.split())
    if not title:
        raise ValidationError({"title": _("Please give a title.")})
    if first is None:
        raise ValidationError({"posts": _("Please choose the posts of the new thread.")})
    if rows.count() == thread.posts.count():
        raise ValidationError({"posts": _("Leave at least one post where it is, or rename the thread.")})
    made = Thread.objects.create(
        forum=thread.forum,
        category=thread.category,
        title=title,
        language=first.language,
        openness=thread.openness,
        author=first.author,
        split_from=thread,
        started_at=first.written_at,
        last_at=first.written_at,
    )
    show(made)
    copy_invitations(thread, made)
    rows.update(thread=made)
    for one in (thread, made):
        recount(one)
    follow_on(made)
    audit.record("discussions.thread_split", thread, by=by, thread=made.pk)
    audit.record("discussions.thread_made", made, by=by, thread=thread.pk)
    return made


def copy_invitations(thread: Thread, made: Thread) -> None:
    """Whoever was invited to what was said there still reads it here."""
    for key in audience_of(thread):
        if key.startswith("activity:"):
            access.add_key("discussions.thread", made.pk, key)


def follow_on(thread: Thread) -> None:
    for author in {post.author for post in thread.posts.exclude(author=None).select_related("author")}:
        messaging.follow(author, thread)


def note_read(thread: Thread, person, post: int) -> None:
    """She has been shown the posts up to this one; what she had read before stays read."""
    found, new = Reading.objects.get_or_create(thread=thread, person=person, defaults={"post": post})
    if not new and found.post < post:
        Reading.objects.filter(pk=found.pk, post__lt=post).update(post=post)


@transaction.atomic
def read_all(threads, person) -> int:
    """Everything in these threads counts as read."""
    rows = [Reading(thread_id=pk, person=person, post=last) for pk, last in threads.values_list("pk", "last_post")]
    made = Reading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["thread", "person"], update_fields=["post"], batch_size=500
    )
    return len(made)
