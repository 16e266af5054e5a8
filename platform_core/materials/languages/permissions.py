from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

REVIEWERS = ("role:reviewer", "role:editor", "role:lead_partner")

RIGHTS = [
    Right(
        code="languages.translate",
        name=_("Translate what has no rights of its own for that, such as collections and networks"),
        who=("role:translator", *REVIEWERS),
    ),
    Right(code="languages.review", name=_("Review such translations"), who=REVIEWERS),
    Right(
        code="languages.view_desk",
        name=_("See the translators' desk"),
        who=("members", "role:translator", *REVIEWERS, "role:wg_leader@"),
    ),
]
