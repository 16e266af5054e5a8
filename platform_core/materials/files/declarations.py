from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, PersonalData, Retention

from . import resumable, unused
from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    JobKind(
        code="files.extract",
        name=_("Reading the text of a file"),
        perform="platform_core.materials.files.services.extract_text",
    ),
    JobKind(
        code="files.draw",
        name=_("Drawing the pages of a file"),
        perform="platform_core.materials.files.services.draw_pages",
    ),
    Retention(code="uploads", name=_("Large files that did not arrive whole"), days=3, purge=resumable.purge_uploads),
    Retention(code="files", name=_("Files that nothing points to"), days=unused.DAYS, purge=unused.purge),
    PersonalData(
        label="files.upload",
        fields=("name",),
        holder="person",
        purpose=_("To go on with a large file after an interruption"),
        erasure="delete",
    ),
    EventKind(verb="files.text_read", name=_("The text of a file was read")),
    EventKind(verb="files.dropped", name=_("A file that nothing pointed to was deleted")),
]
