from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData

VERBS = {
    "plan_changed": _("The work plan of a working group was changed"),
    "evidence_shown": _("A document or record was shown for an output"),
    "evidence_dropped": _("A document or record is no longer counted for an output"),
}
PLAN = [
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    PersonalData(
        label="workinggroups.planevidence",
        fields=("added_by", "note"),
        holder="added_by",
        purpose=_("To know who showed what an output consists of"),
        erasure="unlink",
    ),
]
