from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right
from platform_core.identity.access.selectors import audience_of

from .groups import GROUP, LEADERS, SEATED, commenting, scope, writing

LIVE = ("draft", "in_review", "approved", "published")


def maker(document) -> int | None:
    return document.made_by_id


def invited(document) -> set[str]:
    """Those asked to review it, those invited to it, and those who have joined where joining means commenting."""
    return commenting(document) | {key for key in audience_of(document) if key.startswith(("person:", "activity:"))}


DOCUMENTS = [
    Right(
        code="workinggroups.add_document",
        name=_("Add documents to a working group"),
        who=(*GROUP, "named"),
        scope=scope,
        named=writing,
    ),
    Right(code="workinggroups.view_document", name=_("See a document of a working group"), who=("audience",)),
    Right(
        code="workinggroups.change_document",
        name=_("Change a document of a working group"),
        who=(*GROUP, "owner@", "named", "grant"),
        scope=scope,
        owner=maker,
        named=writing,
        states=LIVE,
    ),
    Right(
        code="workinggroups.comment_document",
        name=_("Comment on a document of a working group"),
        who=(*GROUP, "owner@", "named"),
        scope=scope,
        owner=maker,
        named=invited,
    ),
    Right(
        code="workinggroups.settle_comment",
        name=_("Settle a comment on a document, or hide it"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.end_lock",
        name=_("End somebody else's lock on a document"),
        who=LEADERS,
        scope=scope,
    ),
    Right(
        code="workinggroups.publish_document",
        name=_("Publish an approved document in the repository"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("approved",),
    ),
    Right(
        code="workinggroups.share_document",
        name=_("Share a version of a document by a secret link"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.supersede_document",
        name=_("Say that a document holds no longer"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("approved", "published"),
    ),
    Right(
        code="workinggroups.reinstate_document",
        name=_("Say that a superseded document holds after all"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("superseded",),
    ),
    Right(
        code="workinggroups.trash_document",
        name=_("Put a document into the trash, and take it out"),
        who=(*LEADERS, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.mark_document",
        name=_("Say who sees a document, and where it lies"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
    ),
]
