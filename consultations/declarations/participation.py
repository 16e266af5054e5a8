from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, JobKind, PersonalData, Sweep

from .. import services
from ..selectors import registration

participation = [
    EventKind(verb="consultations.invited", name=_("People were put on the list of those invited")),
    EventKind(verb="consultations.invitations_sent", name=_("Invitations or reminders were sent")),
    EventKind(verb="consultations.reminder_planned", name=_("A reminder was planned")),
    EventKind(verb="consultations.reminder_dropped", name=_("A planned reminder was dropped")),
    EventKind(verb="consultations.link_given", name=_("An organisation got a link to spread a consultation")),
    EventKind(verb="consultations.answers_settled", name=_("Answers that were held were looked at")),
    JobKind(
        code="consultations.invite",
        name=_("Sending invitations"),
        perform="consultations.services.invitations.write_letters",
    ),
    Sweep(code="consultations.reminders", perform=services.send_due_reminders, minutes=60),
    Sweep(code="consultations.mix_uses", perform=services.mix_uses, minutes=60),
    Sweep(code="consultations.mix_register", perform=services.mix_register, minutes=60),
    Sweep(code="consultations.mix_devices", perform=services.mix_devices, minutes=60),
    Sweep(code="consultations.forget_devices", perform=services.forget_devices, minutes=60),
    Sweep(code="consultations.forget_identifiers", perform=services.forget_identifiers, minutes=60 * 24),
    PersonalData(
        label="consultations.invitation",
        fields=("email",),
        holder="email",
        purpose=_("To ask people to take part in a consultation, and to remind those who have not answered"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.registration",
        fields=("digest", "audience", "country", "org_type"),
        holder="",
        rows=registration.registrations_of,
        purpose=_("To count people once over all consultations; only a keyed hash of the address is kept"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.trace",
        fields=("digest",),
        holder="",
        purpose=_("To notice many answers from one device; deleted when the consultation closes"),
        erasure="delete",
    ),
]
