from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .mechanisms import LEADERS, MAKERS, scope

RIGHTS = [
    Right(code="pilots.view_round", name=_("See a reflective round"), who=("audience",)),
    Right(
        code="pilots.open_round",
        name=_("Ask partners for comments on a version of a learning mechanism"),
        who=MAKERS,
        scope=scope,
    ),
    Right(code="pilots.comment_round", name=_("Comment in a reflective round"), who=("audience",)),
    Right(
        code="pilots.answer_comment",
        name=_("Answer a comment of a reflective round, with reasons"),
        who=MAKERS,
        scope=scope,
    ),
    Right(code="pilots.close_round", name=_("Close a reflective round"), who=LEADERS, scope=scope),
]
