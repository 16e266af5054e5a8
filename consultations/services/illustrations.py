from collections.abc import Mapping
from types import MappingProxyType

from django.core.files.base import ContentFile
from django.db import transaction

from platform_core.identity.access.selectors import require
from platform_core.materials.files import services as files

from ..imports.bounds import picture_ending
from ..models import Consultation
from ..selectors.illustrations import pictures
from ..structure import Structure, pictures_in


@transaction.atomic
def illustrate(consultation: Consultation, upload, *, by) -> str:
    """Keep a picture for a question of a consultation; gives the hash a question names it by."""
    require(by, "consultations.edit", consultation)
    stored = files.keep(upload, upload.name, by=by, read=False)
    consultation.illustrations.get_or_create(file=stored)
    return stored.sha256


@transaction.atomic
def take_along(
    consultation: Consultation, structure: Structure, *, by, brought: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Pictures that questions taken over name: those in the file they came in, and those `by` may read elsewhere."""
    wanted = pictures_in(structure) - set(consultation.illustrations.values_list("file__sha256", flat=True))
    held = {stored.sha256: stored for stored in pictures(by).filter(sha256__in=wanted)} if wanted else {}
    for digest in sorted(wanted):
        content = brought.get(digest)
        stored = kept(content, by) if content else held.get(digest)
        if stored:
            consultation.illustrations.get_or_create(file=stored)


def kept(content: bytes, by):
    return files.keep(ContentFile(content), f"picture{picture_ending(content)}", by=by, read=False)
