from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .documents import maker
from .groups import SEATED, scope


def asked(reviewer) -> set[str]:
    return {f"person:{reviewer.person_id}"}


REVIEWS = [
    Right(
        code="workinggroups.ask_review",
        name=_("Ask people to review a document"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
        states=("draft",),
    ),
    Right(
        code="workinggroups.answer_review",
        name=_("Approve a document, or ask for changes"),
        who=("named",),
        named=asked,
        decides=True,
    ),
    Right(
        code="workinggroups.end_review",
        name=_("Take back the request for a review"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
        states=("in_review",),
    ),
]
