from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from ..models import Approval
from .consultations import RUNNERS, scope

EDITORS = (*RUNNERS, "role:wg_representative@")
IN_THE_MAKING = ("draft", "review", "approved", "open")


def asked(consultation) -> set[str]:
    """Those whose approval is asked for, for as long as it is."""
    rows = Approval.objects.filter(
        version__consultation=consultation, version__published_at=None, voided_at=None
    ).exclude(answer="released")
    return {f"person:{pk}" for pk in rows.values_list("person", flat=True) if pk}


def approver(approval) -> set[str]:
    return {f"person:{approval.person_id}"}


def keeper(entry) -> int | None:
    return entry.made_by_id


RIGHTS = [
    Right(code="consultations.draw_up", name=_("Begin a consultation of a working group"), who=RUNNERS, scope=scope),
    Right(
        code="consultations.edit",
        name=_("Change the questions of a consultation"),
        who=EDITORS,
        scope=scope,
        states=IN_THE_MAKING,
    ),
    Right(
        code="consultations.read_draft",
        name=_("Read questions that are not published yet"),
        who=(*EDITORS, "role:wg_expert@", "named"),
        scope=scope,
        named=asked,
    ),
    Right(
        code="consultations.set_up",
        name=_("Change the settings of a consultation"),
        who=RUNNERS,
        scope=scope,
        states=IN_THE_MAKING,
    ),
    Right(
        code="consultations.ask_approval",
        name=_("Ask people to approve the questions of a consultation"),
        who=RUNNERS,
        scope=scope,
        states=("draft", "open"),
    ),
    Right(
        code="consultations.approve",
        name=_("Approve the questions of a consultation, or ask for changes"),
        who=("named",),
        named=approver,
        decides=True,
    ),
    Right(
        code="consultations.take_back",
        name=_("Take a consultation back into preparation"),
        who=RUNNERS,
        scope=scope,
        states=("review", "approved"),
    ),
    Right(
        code="consultations.waive_languages",
        name=_("Let a consultation open without every language, and say why"),
        who=("role:lead_partner",),
        decides=True,
        states=IN_THE_MAKING,
    ),
    Right(
        code="consultations.publish_version",
        name=_("Publish the next version of an open questionnaire"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=("open",),
    ),
    Right(
        code="consultations.remove_from_library",
        name=_("Take a question or scale out of the library"),
        who=("owner", "role:lead_partner"),
        owner=keeper,
    ),
    Right(code="consultations.keep_in_library", name=_("Keep questions and scales in the library"), who=EDITORS),
]
