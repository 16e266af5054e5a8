from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation

from ..models import Tie


@transaction.atomic
def propose_tie(one: Organisation, other: Organisation, *, by, **fields) -> Tie:
    """One side says what both do; the other is asked to confirm."""
    require(by, "network.tie", one)
    if one.pk == other.pk:
        raise ValidationError({"other": _("An organisation has no tie with itself.")})
    both = Q(one=one, other=other) | Q(one=other, other=one)
    if Tie.objects.filter(both, kind=fields["kind"], what=fields["what"]).exclude(state=Tie.State.DECLINED).exists():
        raise ValidationError(_("This tie was told already."))
    tie = Tie(one=one, other=other, **fields)
    tie.full_clean()
    tie.save()
    audit.record("network.tie_proposed", tie, by=by)
    return tie


def settle(tie: Tie, state: str, *, by) -> None:
    tie.state = state
    tie.save(update_fields=["state"])
    audit.record("network.tie_settled", tie, by=by, state=state)


@transaction.atomic
def confirm_tie(tie: Tie, *, by, reason: str) -> None:
    settle(tie, Tie.State.CONFIRMED, by=by)


@transaction.atomic
def decline_tie(tie: Tie, *, by, reason: str) -> None:
    settle(tie, Tie.State.DECLINED, by=by)


@transaction.atomic
def withdraw_tie(tie: Tie, *, by) -> None:
    settle(tie, Tie.State.DECLINED, by=by)


@transaction.atomic
def end_tie(tie: Tie, side: Organisation, *, by, year: int) -> None:
    """Either side says until when it lasted."""
    require(by, "network.tie", side)
    if side.pk not in (tie.one_id, tie.other_id):
        raise ValidationError(_("This tie is between others."))
    if year < tie.begins:
        raise ValidationError({"year": _("It cannot end before it begins.")})
    tie.ends = year
    tie.save(update_fields=["ends"])
    audit.record("network.tie_ended", tie, by=by)
