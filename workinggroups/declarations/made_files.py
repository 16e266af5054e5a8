from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import JobKind, PersonalData, Retention

from ..services import made_files as services

MADE_FILES = [
    JobKind(
        code="workinggroups.made_file",
        name=_("A folder, a wiki or a meeting as a file"),
        perform="workinggroups.services.made_files.build",
    ),
    Retention(code="made_files", name=_("Files made of folders, wikis and meetings"), days=7, purge=services.purge),
    PersonalData(
        label="workinggroups.madefile",
        fields=("asked_at",),
        holder="person",
        purpose=_("To give you the file of a folder, a wiki or a meeting you asked for"),
        erasure="delete",
    ),
]
