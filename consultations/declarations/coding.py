from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, PersonalData, Thing
from platform_core.materials.languages.fields import of_fields

from ..selectors.coding import shown_codes

CODE = "consultations.bookcode"
VERBS = {
    "code_added": _("A code was added to a code book"),
    "code_dropped": _("A code was taken out of a code book"),
    "coder_began": _("Somebody began to code texts"),
    "coder_finished": _("Somebody finished coding texts"),
    "codes_settled": _("Coders settled on codes"),
    "coding_published": _("It was published how often codes were given"),
}
coding = [
    *(EventKind(verb=f"consultations.{verb}", name=name) for verb, name in VERBS.items()),
    Thing(
        label=CODE,
        name=_("Code of a code book"),
        title=lambda code: code.name,
        address=lambda code: code.get_absolute_url(),
        visible=shown_codes,
    ),
    of_fields(CODE, shown_codes, order=13),
    JobKind(code="consultations.agreement", name=_("Comparing two coders"), perform="consultations.coding.agree"),
    JobKind(code="consultations.count_codes", name=_("Counting codes"), perform="consultations.coding.count"),
    PersonalData(
        label="consultations.coder",
        fields=("person",),
        holder="person",
        purpose=_("To let two people give codes to texts independently"),
        erasure="unlink",
    ),
]
