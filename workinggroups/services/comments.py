from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment
from platform_core.identity.access.selectors import require

from ..models import Document, DocumentVersion


def say(
    document: Document, text: str, *, by, version: DocumentVersion, anchor: int | None = None, answers_to=None
) -> Comment:
    """About a page of the file or a paragraph of the text, in the version that was read; or about all of it."""
    require(by, "workinggroups.comment_document", document)
    place = {"answers_to": answers_to} if answers_to else {"anchor": anchor, "version": version.number}
    return discussions.say(document, text, by=by, **place)


def settle(document: Document, comment: Comment, *, by, settled: bool) -> None:
    require(by, "workinggroups.settle_comment", document)
    discussions.settle(comment, document, by=by, settled=settled)


def hide(document: Document, comment: Comment, why: str, *, by) -> None:
    require(by, "workinggroups.settle_comment", document)
    discussions.hide(comment, document, why, by=by)
