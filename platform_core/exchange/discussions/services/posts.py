from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.messaging import services as messaging
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as keeping

from ..models import Mention, Post, PostFile, PostTranslation, Thread
from ..selectors.threads import callable_by_name, called

MOST_FILES = 50


def checked(text: str) -> str:
    """The text as it is kept, or ValidationError."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError({"text": _("Please write something.")})
    if len(text) > Post._meta.get_field("text").max_length:
        raise ValidationError({"text": _("This text is longer than a post can be.")})
    return text


def held(thread: Thread) -> Thread:
    return Thread.objects.select_for_update().get(pk=thread.pk)


def may_write(user, thread: Thread) -> bool:
    """In a locked thread those alone who look after the forum."""
    if thread.state == Thread.State.LOCKED:
        return user.has_perm("discussions.moderate", thread)
    return user.has_perm("discussions.write_post", thread)


@transaction.atomic
def write(
    thread: Thread,
    text: str,
    *,
    by,
    language: str,
    answers_to: Post | None = None,
    files=(),
    told: Collection[int] = (),
) -> Post:
    """The next post; the last one sent once more is that one."""
    thread = held(thread)
    if not may_write(by, thread):
        require(by, "discussions.write_post", thread)
    text = checked(text)
    last = thread.posts.order_by("-pk").first()
    if last and (last.author_id, last.text, last.deleted_at) == (by.pk, text, None):
        return last
    if answers_to is not None and answers_to.thread_id != thread.pk:
        answers_to = None
    return add(thread, text, by=by, language=language, answers_to=answers_to, files=files, told=told)


def add(thread: Thread, text: str, *, by, language: str, answers_to=None, files=(), told: Collection[int] = ()) -> Post:
    now = timezone.now()
    post = Post.objects.create(
        thread=thread, author=by, language=language, text=text, answers_to=answers_to, written_at=now
    )
    post.versions.create(number=1, author=by, language=language, text=text, made_at=now)
    attach(post, files, by=by)
    mention(post, told)
    thread.last_post, thread.last_at, thread.posts_count = post.pk, now, thread.posts_count + 1
    thread.save(update_fields=["last_post", "last_at", "posts_count"])
    if not thread.readings.filter(person=by, post__gte=post.pk).update(post=post.pk):
        thread.readings.update_or_create(person=by, defaults={"post": post.pk})
    messaging.follow(by, thread)
    audit.record("discussions.posted", thread, by=by, post=post.pk)
    return post


def attach(post: Post, files, *, by) -> None:
    if post.files.count() + len(files) > MOST_FILES:
        raise ValidationError({"files": _("A post holds %(most)s files at most.") % {"most": MOST_FILES}})
    for file in files:
        PostFile.objects.create(post=post, file=keeping.keep(file, file.name, by=by), name=file.name[:120])


def mention(post: Post, told: Collection[int] = ()) -> set[int]:
    """Those called by @name and those chosen, as far as they see the thread; gives who was not called before."""
    names = callable_by_name(post.thread.forum, post.thread)
    wanted = called(post.text, names) | (set(told) & set(names.values()))
    new = wanted - set(post.mentions.values_list("person", flat=True)) - {post.author_id}
    Mention.objects.bulk_create(Mention(post=post, person_id=pk) for pk in sorted(new))
    return new


@transaction.atomic
def change(post: Post, text: str, base: int, *, by, language: str, files=(), without: Collection[int] = ()) -> Post:
    """The next version, made from the one of that number; what it said stays readable, and translations are stale.

    `files` are attached, and those of the keys `without` taken away.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    require(by, "discussions.change_post", post)
    demand_shown(post)
    demand_writable(post, by)
    text = checked(text)
    if base != post.version:
        raise ValidationError(_("It was changed in another window. Look at it; sent once more, this text is kept."))
    gone = post.files.filter(pk__in=without)
    if (text, language) == (post.text, post.language) and not files and not gone.exists():
        return post
    gone.delete()
    attach(post, files, by=by)
    now = timezone.now()
    post.text, post.language, post.version, post.changed_at = text, language, post.version + 1, now
    post.save(update_fields=["text", "language", "version", "changed_at"])
    post.versions.create(number=post.version, author=by, language=language, text=text, made_at=now)
    new = mention(post)
    audit.record("discussions.post_changed", post.thread, by=by, post=post.pk, mentioned=sorted(new))
    return post


def demand_shown(post: Post) -> None:
    if post.deleted_at is not None:
        raise ValidationError(_("This post was deleted."))
    if post.hidden_because:
        raise ValidationError(_("This post is hidden; it cannot be changed."))


def demand_writable(post: Post, by) -> None:
    if not may_write(by, post.thread):
        raise ValidationError(_("Nobody writes in this thread any more."))


@transaction.atomic
def delete(post: Post, *, by) -> Post:
    """The author takes it back: a note stays in its place, its words and files go. Not while a report of it is open."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    require(by, "discussions.change_post", post)
    demand_shown(post)
    if post.reports.filter(settled_at=None).exists():
        raise ValidationError(_("Somebody has reported it. It can be deleted once that is answered."))
    post.text, post.deleted_at = "", timezone.now()
    post.save(update_fields=["text", "deleted_at"])
    for rows in (post.versions, post.files, post.mentions, post.translations):
        rows.all().delete()
    Thread.objects.filter(answer=post).update(answer=None)
    messaging.withdraw(post.thread, post=post.pk)
    audit.record("discussions.post_deleted", post.thread, by=by, post=post.pk)
    return post


@transaction.atomic
def translate(
    post: Post, language: str, text: str, base: int = 0, *, by, version: int | None = None
) -> PostTranslation:
    """By whoever may write in the thread, in the place of the translation of number `base` that she has read.

    `version` is that of the post she read; neither a newer post nor a newer translation is passed over in silence.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if not may_write(by, post.thread):
        require(by, "discussions.write_post", post.thread)
    demand_shown(post)
    if language == post.language:
        raise ValidationError({"language": _("It is written in this language.")})
    text = checked(text)
    held = post.translations.filter(language=language).first()
    if held and (held.text, held.version) == (text, post.version):
        return held
    demand_read(post, held, base, version or post.version)
    told = {"text": text, "version": post.version, "number": held.number + 1 if held else 1, "author": by}
    made, _new = PostTranslation.objects.update_or_create(post=post, language=language, defaults=told)
    audit.record("discussions.post_translated", post.thread, by=by, post=post.pk, language=language)
    return made


def demand_read(post: Post, held: PostTranslation | None, base: int, version: int) -> None:
    if version != post.version:
        raise ValidationError(_("The post was changed meanwhile. Look at it; sent once more, this text is kept."))
    if held and held.number != base:
        raise ValidationError(
            _("Somebody has translated it into this language meanwhile. Look at it; sent once more, this text is kept.")
        )
