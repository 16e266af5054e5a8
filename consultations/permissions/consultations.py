from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def scope(consultation) -> str:
    return consultation.scope


RUNNERS = ("role:wg_leader@", "role:lead_partner")

RIGHTS = [
    Right(code="consultations.view_consultation", name=_("See a consultation"), who=("audience",)),
    Right(code="consultations.answer", name=_("Answer a consultation"), who=("public",), states=("open",)),
    Right(code="consultations.view_desk", name=_("Look after consultations"), who=RUNNERS),
    Right(code="consultations.manage", name=_("Follow a consultation's answers"), who=RUNNERS, scope=scope),
    Right(
        code="consultations.translate",
        name=_("Translate a questionnaire"),
        who=("role:translator", "role:reviewer", *RUNNERS),
        scope=scope,
        states=("draft", "open"),
    ),
    Right(
        code="consultations.review_translation",
        name=_("Review translations of a questionnaire"),
        who=("role:reviewer", *RUNNERS),
        scope=scope,
        states=("draft", "open"),
    ),
    Right(
        code="consultations.open",
        name=_("Open a consultation"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=("approved",),
    ),
    Right(
        code="consultations.close",
        name=_("Close a consultation"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=("open",),
    ),
    Right(
        code="consultations.compute_results",
        name=_("Compute the results of a consultation"),
        who=RUNNERS,
        scope=scope,
        states=("closed",),
    ),
    Right(
        code="consultations.publish_results",
        name=_("Publish the results of a consultation"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=("closed",),
    ),
    Right(code="consultations.invite", name=_("Invite people to a consultation"), who=RUNNERS, scope=scope),
    Right(
        code="consultations.moderate",
        name=_("Look at answers that are held"),
        who=RUNNERS,
        scope=scope,
        states=("open", "closed"),
    ),
]
