from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import MenuEntry, PersonalData, Reaction, Retention, Sweep

from . import services
from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    Reaction(code="messaging.notices", handle=services.raise_notices),
    Sweep(code="messaging.send", perform=services.send_waiting),
    MenuEntry(place="person", name=_("Notices"), route="messaging:notices", order=10),
    MenuEntry(place="desk", name=_("Mails"), route="messaging:outbox", order=90, right="messaging.read_outbox"),
    Retention(code="mails", name=_("Mails that were sent"), days=90, purge=services.purge_mails),
    Retention(code="notices", name=_("Notices"), days=365, purge=services.purge_notices),
    PersonalData(
        label="messaging.notice",
        fields=("recipient", "subject", "text"),
        holder="recipient",
        purpose=_("To tell people what concerns them"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.outboxmail",
        fields=("recipient", "subject", "text", "html"),
        holder="recipient",
        since="created_at",
        purpose=_("To send mails once and to know that they went"),
        erasure="delete",
    ),
]
