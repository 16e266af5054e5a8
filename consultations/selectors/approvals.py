from django.db.models import QuerySet

from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import holders, keys_of
from platform_core.identity.accounts.models import User

from ..models import Approval, Consultation, Questionnaire

ROLES = ("wg_leader", "wg_representative")


def can_approve(consultation: Consultation, asker) -> QuerySet[User]:
    """Leader and representatives of the group, reviewers and the lead partner, if they decide for a full member.

    Nobody approves what she asks to be approved.
    """
    people = {pk for role in ROLES for pk in holders(role, consultation.scope)}
    people |= set(holders("reviewer")) | set(holders("lead_partner"))
    rows = User.objects.filter(pk__in=people - {asker.pk}, is_active=True)
    return User.objects.filter(pk__in=[one.pk for one in rows if FULL in keys_of(one)]).order_by("name", "pk")


def approvals(version: Questionnaire) -> QuerySet[Approval]:
    """All that were asked for, the newest first."""
    return version.approvals.select_related("person", "asked_by")


def standing(version: Questionnaire) -> str:
    """`approved`, `asked`, `changes`, or nothing, of the questions as they are now."""
    rows = version.approvals.filter(voided_at=None, sha256=version.sha256).exclude(answer=Approval.Answer.RELEASED)
    answers = list(rows.exclude(person=None, answer="").values_list("answer", flat=True))
    if not answers:
        return ""
    if "" in answers:
        return "asked"
    if Approval.Answer.CHANGES in answers:
        return "changes"
    return "approved"


def approved_by_others(version: Questionnaire) -> bool:
    """Whether somebody approved exactly these questions who neither made the consultation nor asked for it."""
    if standing(version) != "approved":
        return False
    rows = version.approvals.filter(voided_at=None, sha256=version.sha256, answer=Approval.Answer.APPROVE)
    return any(one.person_id not in (one.asked_by_id, version.consultation.made_by_id) for one in rows)
