from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Forum, Right
from platform_core.identity.access.keys import MEMBERS, PUBLIC, USER
from platform_core.identity.access.selectors import audience_of

MODERATORS = ("role:wg_leader@", "role:lead_partner")


def forum_of(thing) -> str:
    """Of a category, a thread or a post."""
    return thing.forum if hasattr(thing, "forum") else thing.thread.forum


def kind_of(forum: str) -> Forum | None:
    return next((kind for kind in declared(Forum) if forum.startswith(kind.prefix)), None)


def starters(thing) -> set[str]:
    """Those the forum belongs to, as far as it is said which of them start threads."""
    forum = forum_of(thing)
    kind = kind_of(forum)
    return set(kind.starters(forum)) if kind else {forum}


def owners(thing) -> set[str]:
    """Those the forum belongs to, as far as they write in it."""
    forum = forum_of(thing)
    kind = kind_of(forum)
    return set(kind.writers(forum)) if kind else {forum}


def invited(thread) -> set[str]:
    return {key for key in audience_of(thread) if key.startswith("activity:")}


def writers(thread) -> set[str]:
    """A thread that members or everyone can read takes posts from members."""
    return owners(thread) | invited(thread) | ({MEMBERS} if thread.openness != thread.Openness.GROUP else set())


def readers(post) -> set[str]:
    """Whoever reads it with an account."""
    keys = set(audience_of(post.thread))
    return keys - {PUBLIC} | ({USER} if PUBLIC in keys else set())


def author(thing) -> int | None:
    return thing.author_id


RIGHTS = [
    Right(code="discussions.view_thread", name=_("See a thread of a forum"), who=("audience",)),
    Right(
        code="discussions.start_thread",
        name=_("Start threads in a forum"),
        who=("named", *MODERATORS),
        named=starters,
        scope=forum_of,
    ),
    Right(
        code="discussions.write_post",
        name=_("Write in a thread"),
        who=("named", *MODERATORS),
        named=writers,
        scope=forum_of,
        states=("open",),
    ),
    Right(code="discussions.change_post", name=_("Change or delete a post"), who=("owner",), owner=author),
    Right(code="discussions.report_post", name=_("Report a post"), who=("named",), named=readers),
    Right(
        code="discussions.mark_answer",
        name=_("Say which post answers the question of a thread"),
        who=("owner", *MODERATORS),
        owner=author,
        scope=forum_of,
    ),
    Right(code="discussions.moderate", name=_("Look after a forum"), who=MODERATORS, scope=forum_of),
]
