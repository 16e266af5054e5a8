from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, PersonalData, RoleKind

from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    EventKind(verb="access.role_given", name=_("A role was given")),
    EventKind(verb="access.role_ended", name=_("A role was ended")),
    EventKind(verb="access.granted", name=_("A right was given for one thing")),
    EventKind(verb="access.revoked", name=_("A right for one thing was taken back")),
    EventKind(verb="access.saw_as", name=_("Somebody looked with another person's eyes")),
    EventKind(verb="access.token_made", name=_("A token for programs was made")),
    EventKind(verb="access.token_ended", name=_("A token for programs was ended")),
    MenuEntry(place="person", name=_("Tokens for programs"), route="access:tokens", order=61),
    RoleKind(code="lead_partner", needs_second_step=True, order=10),
    RoleKind(code="wp_coordinator", order=40),
    RoleKind(code="ad_hoc_participant", order=70),
    RoleKind(code="editor", needs_second_step=True, order=80),
    RoleKind(code="translator", order=81),
    RoleKind(code="reviewer", order=82),
    MenuEntry(place="desk", name=_("Roles"), route="access:roles", order=60, right="access.view_roles"),
    MenuEntry(place="desk", name=_("See as …"), route="access:see_as", order=75, right="access.see_as"),
    MenuEntry(place="person", name=_("My deeds"), route="access:mine", order=60),
    MenuEntry(place="desk", name=_("Event log"), route="access:log", order=80, right="audit.read_log"),
    MenuEntry(place="desk", name=_("Who may do what"), route="access:rights", order=70, right="access.read_rights"),
    PersonalData(
        label="access.roleassignment",
        fields=("person", "role", "scope", "why", "why_ended"),
        holder="person",
        purpose=_("To know who may do what, and since when"),
        erasure="delete",
    ),
    PersonalData(
        label="access.look",
        fields=("person", "why"),
        holder="person",
        purpose=_("To tell people who looked with their eyes, and why"),
        erasure="delete",
    ),
    PersonalData(
        label="access.secretlink",
        fields=("created_by", "name"),
        holder="created_by",
        purpose=_("To list and revoke links somebody made"),
        erasure="delete",
    ),
]
