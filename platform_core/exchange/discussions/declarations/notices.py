"""Who is told of what happens in forums: each of one event once, and of nothing she does not see."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, holding, others, seeing
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders
from platform_core.identity.audit.models import Event

from ..models import Post, Report, Thread
from ..selectors.threads import people_of
from ..services.threads import keys_of

Choose = Callable[[Post], Iterable[int | None]]


def post_of(event: Event) -> Post | None:
    return Post.objects.select_related("thread", "author").filter(pk=event.payload.get("post")).first()


def about_post(choose: Choose, *, only_shown: bool = True) -> Callable[[Event], list[int]]:
    """Those chosen who see the thread; nobody is told of what is hidden or gone by now."""

    def recipients(event: Event) -> list[int]:
        post = post_of(event)
        if post is None or (only_shown and not post.is_shown):
            return []
        return seeing(post.thread, {pk for pk in choose(post) if pk})

    return recipients


def called(post: Post) -> Iterable[int | None]:
    return post.mentions.values_list("person", flat=True)


def following(post: Post) -> set[int | None]:
    """Of the first post the notice of the thread tells."""
    if not post.thread.posts.filter(pk__lt=post.pk).exists():
        return set()
    return {*followers(post.thread)} - {post.author_id}


def posted_to(event: Event) -> list[int]:
    """Those who follow the thread of a post; of one that is still being written nobody knows whom it will call."""
    if not event.is_foreseen:
        return about_post(following)(event)
    thread = Thread.objects.filter(pk=event.thing_id).first()
    return others(event, followers(thread)) if thread else []


def looking_after(post: Post) -> set[int | None]:
    return {*holders("wg_leader", post.thread.forum)} or {*holders("lead_partner")}


def newly_called(event: Event) -> list[int]:
    post = post_of(event)
    return seeing(post.thread, event.payload.get("mentioned", ())) if post and post.is_shown else []


def of_the_forum(event: Event) -> list[int]:
    if event.is_foreseen:
        forum = event.payload["forum"]
        return others(event, holding(keys_of(Thread(forum=forum)), people_of(forum)))
    thread = Thread.objects.filter(pk=event.thing_id).first()
    return seeing(thread, people_of(thread.forum) - {thread.author_id}) if thread else []


def reporters(event: Event) -> list[int]:
    rows = Report.objects.filter(pk__in=event.payload.get("reports", ())).exclude(reporter=None)
    post = post_of(event)
    return seeing(post.thread, set(rows.values_list("reporter", flat=True))) if post else []


def facts(event: Event) -> tuple[dict, str]:
    """Of a post; its address is that of the form in which it is answered."""
    post = post_of(event) or Post(thread=Thread.objects.get(pk=event.thing_id))
    told = {"title": post.thread.title, "person": post.author or "–", "text": post.text, "why": post.hidden_because}
    return told, address_of("discussions.post", post)


def facts_to_answer(event: Event) -> tuple[dict, str]:
    told, address = facts(event)
    return told, f"{address}answer/" if address else ""


def facts_of_thread(event: Event) -> tuple[dict, str]:
    thread = Thread.objects.select_related("author").get(pk=event.thing_id)
    first = thread.posts.order_by("pk").first()
    told = {"title": thread.title, "person": thread.author or "–", "text": first.text if first else ""}
    return told, address_of("discussions.thread", thread)


def facts_for_moderators(event: Event) -> tuple[dict, str]:
    told, address = facts(event)
    return told, f"{address}moderate/" if address else ""


def address_of(label: str, thing) -> str:
    kind = thing_kind(label)
    return kind.address(thing) if kind and thing.pk else ""


of_post, to_answer = teller(facts), teller(facts_to_answer)
of_thread, to_moderate = teller(facts_of_thread), teller(facts_for_moderators)
NOTICES = [
    NoticeKind(
        code="discussions.called",
        name=_("Somebody calls you in a forum"),
        verb="discussions.posted",
        recipients=about_post(called),
        content=to_answer(_("You are called in: %(title)s"), _("%(person)s calls you in “%(title)s”:\n\n%(text)s")),
        order=10,
    ),
    NoticeKind(
        code="discussions.called_later",
        name=_("Somebody calls you in a post that was changed"),
        verb="discussions.post_changed",
        recipients=newly_called,
        content=to_answer(_("You are called in: %(title)s"), _("%(person)s calls you in “%(title)s”:\n\n%(text)s")),
        order=10,
    ),
    NoticeKind(
        code="discussions.posted",
        name=_("A new post in a thread you follow"),
        verb="discussions.posted",
        recipients=posted_to,
        content=to_answer(
            _("New post: %(title)s"),
            _("%(person)s wrote in “%(title)s”:\n\n%(text)s\n\nThe link leads to a form for your answer."),
        ),
    ),
    NoticeKind(
        code="discussions.started",
        name=_("A new thread in the forum of your group"),
        verb="discussions.thread_started",
        recipients=of_the_forum,
        content=of_thread(_("New thread: %(title)s"), _("%(person)s started “%(title)s”:\n\n%(text)s")),
        pace="daily",
    ),
    NoticeKind(
        code="discussions.answered",
        name=_("Your post was marked as the answer, or your thread has one"),
        verb="discussions.answer_marked",
        recipients=about_post(lambda post: {post.author_id, post.thread.author_id}),
        content=of_post(_("Answered: %(title)s"), _("The post of %(person)s was marked as the answer in “%(title)s”.")),
    ),
    NoticeKind(
        code="discussions.reported",
        name=_("A post in a forum you look after was reported"),
        verb="discussions.post_reported",
        recipients=about_post(looking_after),
        content=to_moderate(_("Reported: %(title)s"), _("A post in “%(title)s” was reported. Hide it or leave it.")),
        order=10,
    ),
    NoticeKind(
        code="discussions.reports_answered",
        name=_("A post you reported was looked at"),
        verb="discussions.reports_answered",
        recipients=reporters,
        content=of_post(_("Looked at: %(title)s"), _("The post you reported in “%(title)s” was looked at. Thank you.")),
    ),
    NoticeKind(
        code="discussions.hidden",
        name=_("Your post was hidden"),
        verb="discussions.post_hidden",
        recipients=about_post(lambda post: {post.author_id}, only_shown=False),
        content=of_post(
            _("Your post was hidden: %(title)s"),
            _(
                "Your post in “%(title)s” is not shown any more. The reason: %(why)s\n\nYou can object once, at the post."
            ),
        ),
    ),
    NoticeKind(
        code="discussions.restored",
        name=_("Your hidden post is shown again"),
        verb="discussions.post_restored",
        recipients=about_post(lambda post: {post.author_id}),
        content=of_post(_("Shown again: %(title)s"), _("Your post in “%(title)s” is shown again.")),
    ),
    NoticeKind(
        code="discussions.objected",
        name=_("Somebody objects to the hiding of a post"),
        verb="discussions.objected",
        recipients=about_post(looking_after, only_shown=False),
        content=to_moderate(
            _("Objection: %(title)s"), _("The author of a hidden post in “%(title)s” objects. Please answer.")
        ),
        order=10,
    ),
    NoticeKind(
        code="discussions.objection_answered",
        name=_("Your objection was answered"),
        verb="discussions.objection_answered",
        recipients=about_post(lambda post: {post.author_id}, only_shown=False),
        content=of_post(
            _("Your objection was answered: %(title)s"), _("Your post in “%(title)s” stays hidden. Read why there.")
        ),
    ),
]
