from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import contact_ids

from ..models import Reminder
from ..selectors.partners import debts_by_partner, overdue


@transaction.atomic
def remind(organisation: Organisation, *, by) -> Reminder:
    """Tell the contacts of a partner what it owes and is late with; a second click on the same day tells nobody again."""
    require(by, "monitoring.remind_partner")
    missing = any(debt.missing for debt in debts_by_partner().get(organisation.pk, []))
    if not missing and not overdue(organisation):
        raise ValidationError(_("This partner owes nothing."))
    if not contact_ids(organisation.pk):
        raise ValidationError(_("This partner has named no contact who could be told."))
    made, is_new = Reminder.objects.get_or_create(organisation=organisation, sent_on=platform_day())
    if is_new:
        audit.record("monitoring.partner_reminded", organisation, by=by)
    return made
