from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind

declarations = [
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
    EventKind(verb="files.text_read", name=_("The text of a file was read")),
]
