"""Files made by a job for one person: asked for, built, and taken away again."""

import tempfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, override

from platform_core.ground.registry.catalogue import label_of
from platform_core.materials.jobs import services as jobs

from ..models import MadeFile, MadeFileThing
from ..selectors import made_files as selectors
from . import meeting_files, packs, wiki_exports

Kind = MadeFile.Kind
WRITERS = {
    Kind.FOLDER: packs.write,
    Kind.WIKI: wiki_exports.write,
    Kind.MINUTES: meeting_files.write_minutes,
    Kind.MEETING: meeting_files.write_all,
}
ENDINGS = {Kind.FOLDER: {"zip"}, Kind.WIKI: {"pdf", "docx"}, Kind.MINUTES: {"pdf", "docx"}, Kind.MEETING: {"zip"}}


@transaction.atomic
def ask(kind: str, ending: str, *, by, **subject) -> MadeFile:
    """Of a folder, a wiki or a page of it, or a meeting, as far as the person sees it."""
    if ending not in ENDINGS[Kind(kind)]:
        raise ValidationError(_("Please choose one of: %(endings)s.") % {"endings": ", ".join(sorted(ENDINGS[kind]))})
    made = MadeFile(kind=kind, ending=ending, person=by, **subject)
    selectors.demand_subject(made)
    made.save()
    jobs.start("workinggroups.made_file", by=by, made=made.pk)
    return made


def build(run, made: int) -> dict[str, int]:
    """The job; what the person sees no longer when it runs is not in the file."""
    found = MadeFile.objects.select_related("group__topic", "folder", "page", "meeting__group", "person").get(pk=made)
    if not selectors.is_open(found):
        raise ValidationError(_("You do not see this any more."))
    zone = found.person.time_zone or settings.DISPLAY_TIME_ZONE
    with override(found.person.language), timezone.override(zone), tempfile.TemporaryFile() as out:
        inside = WRITERS[Kind(found.kind)](run, found, out)
        rows = [MadeFileThing(made=found, thing=label_of(one), object_id=one.pk) for one in inside]
        with run.writing():
            found.file.save(f"{found.pk}.{found.ending}", File(out))
            found.things.all().delete()
            MadeFileThing.objects.bulk_create(rows)
    return {"things": len(rows), "bytes": found.file.size}


def purge(before) -> int:
    old = list(MadeFile.objects.filter(asked_at__lt=before))
    for made in old:
        if made.file:
            made.file.delete(save=False)
        made.delete()
    return len(old)
