from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData

FIELDS = [
    EventKind(verb="workinggroups.field_added", name=_("A field of documents was added")),
    EventKind(verb="workinggroups.field_changed", name=_("A field of documents was changed")),
    PersonalData(
        label="workinggroups.fieldvalue",
        fields=("text",),
        holder="version__author",
        purpose=_("To say of a document what its group fills in, such as its author"),
        erasure="keep",
    ),
]
