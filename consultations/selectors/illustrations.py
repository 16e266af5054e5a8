from django.db.models import Q, QuerySet

from platform_core.materials.files.models import StoredFile

from ..models import Illustration, LibraryEntry
from .setups import copied_from


def pictures(user) -> QuerySet[StoredFile]:
    """Pictures of questions a person may take over, from the library too; all of them for the platform itself."""
    shown = Illustration.objects.all()
    if user is not None:
        shown = shown.filter(consultation__in=copied_from(user).order_by().values("pk"))
    kept = LibraryEntry.objects.exclude(picture=None)
    return StoredFile.objects.filter(Q(pk__in=shown.values("file")) | Q(pk__in=kept.values("picture")))
