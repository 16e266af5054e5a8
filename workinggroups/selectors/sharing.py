from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import open_link

from ..models import Document, DocumentVersion
from ..services.sharing import PURPOSE


def links(document: Document) -> QuerySet[SecretLink]:
    """Those that still open one of its versions, the one that ends first on top."""
    versions = [str(pk) for pk in document.versions.values_list("pk", flat=True)]
    rows = SecretLink.objects.filter(purpose=PURPOSE, object_id__in=versions, revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now()).order_by("expires_at")


def shared_version(secret: str) -> DocumentVersion:
    link = open_link(PURPOSE, secret)
    rows = DocumentVersion.objects.select_related("document", "file")
    found = rows.filter(pk=link.object_id, document__trashed_on=None).first() if link else None
    if found is None:
        raise Http404
    return found
