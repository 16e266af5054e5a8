from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.access.selectors import require

from ..models import Document, WikiPage
from ..permissions.comments import COMMENT, SETTLE


def say(
    thing: Document | WikiPage, text: str, *, by, version: str, anchor: int | None = None, answers_to=None
) -> Comment:
    """About a page of the file or a passage of the text, in the version that was read; or about all of it."""
    require(by, COMMENT[label_of(thing)], thing)
    place = {"answers_to": answers_to} if answers_to else {"anchor": anchor, "version": version}
    return discussions.say(thing, text, by=by, **place)


def settle(thing: Document | WikiPage, comment: Comment, *, by, settled: bool) -> None:
    require(by, SETTLE[label_of(thing)], thing)
    discussions.settle(comment, thing, by=by, settled=settled)


def hide(thing: Document | WikiPage, comment: Comment, why: str, *, by) -> None:
    require(by, SETTLE[label_of(thing)], thing)
    discussions.hide(comment, thing, why, by=by)
