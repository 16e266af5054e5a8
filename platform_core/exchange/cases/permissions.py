from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(code="cases.view_case", name=_("See a case"), who=("audience",)),
    Right(
        code="cases.handle_case",
        name=_("Answer, assign and discuss a case among those who handle it"),
        who=("named",),
        states=("open", "asked_back"),
        named=lambda case: [case.handler],
    ),
    Right(
        code="cases.withdraw_case",
        name=_("Withdraw a case"),
        who=("named",),
        states=("open", "asked_back"),
        named=lambda case: [f"person:{case.opener_id}", f"org:{case.organisation_id}"],
    ),
    Right(
        code="cases.read_notes",
        name=_("Read internal notes of a case"),
        who=("named",),
        named=lambda case: [case.handler],
    ),
    Right(code="cases.view_figures", name=_("See how long answers take"), who=("members", "role:lead_partner")),
]
