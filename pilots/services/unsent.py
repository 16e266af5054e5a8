"""What nobody was ever asked about can be deleted; what was sent once stays."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases.selectors import was_asked
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.trails import services as trails


@transaction.atomic
def delete_unsent(thing: models.Model, right: str, *, verb: str, by) -> None:
    """A draft with what it is related to. `verb` is that of the event."""
    found = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    require(by, right, found)
    if was_asked(found):
        raise ValidationError(_("What was sent once is not deleted."))
    trails.erase_around(found)
    access.drop_audience(found)
    audit.record(verb, found, by=by)
    found.delete()
