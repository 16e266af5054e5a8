from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, PersonalData

from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    EventKind(verb="access.role_given", name=_("A role was given")),
    EventKind(verb="access.role_ended", name=_("A role was ended")),
    EventKind(verb="access.granted", name=_("A right was given for one thing")),
    EventKind(verb="access.revoked", name=_("A right for one thing was taken back")),
    MenuEntry(place="desk", name=_("Event log"), route="access:log", order=80, right="audit.read_log"),
    MenuEntry(place="desk", name=_("Who may do what"), route="access:rights", order=70, right="access.read_rights"),
    PersonalData(
        label="access.roleassignment",
        fields=("person", "role", "scope", "why"),
        holder="person",
        purpose=_("To know who may do what, and since when"),
        erasure="delete",
    ),
    PersonalData(
        label="access.secretlink",
        fields=("created_by",),
        holder="created_by",
        purpose=_("To list and revoke links somebody made"),
        erasure="delete",
    ),
]
