from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Document
from ..selectors.documents import last_version

PURPOSE = "document"
DAYS = (7, 30, 90)


@transaction.atomic
def share(document: Document, *, by, days: int) -> str:
    """The secret of a link that opens the last version, and no later one, for whoever holds it."""
    require(by, "workinggroups.share_document", document)
    if days not in DAYS:
        raise ValidationError({"days": _("Please choose for how long.")})
    version = last_version(document)
    expires_at = timezone.now() + timedelta(days=days)
    _link, secret = access.issue_link(PURPOSE, version, by=by, expires_at=expires_at, name=version.number)
    audit.record("workinggroups.document_shared", document, by=by, version=version.number)
    return secret


@transaction.atomic
def end(document: Document, link: SecretLink, *, by) -> None:
    require(by, "workinggroups.share_document", document)
    access.revoke_link(link)
    audit.record("workinggroups.sharing_ended", document, by=by)
