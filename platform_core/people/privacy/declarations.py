from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    ConsentKind,
    EventKind,
    JobKind,
    MenuEntry,
    PersonalData,
    Reaction,
    Reference,
    Retention,
    Sweep,
)

from . import services

declarations = [
    Reference(order=15, load=services.load_reference),
    ConsentKind(
        code="privacy_notice",
        name=_("The privacy notice"),
        text=_("I have read what the platform does with my data."),
        is_required=True,
    ),
    JobKind(
        code="privacy.export", name=_("Gathering your data"), perform="platform_core.people.privacy.services.gather"
    ),
    Reaction(code="privacy.sign_up", handle=services.note_sign_up, verbs=frozenset({"accounts.opened"})),
    Sweep(code="privacy.retention", perform=services.keep_rules, minutes=60 * 24),
    Retention(
        code="exports", name=_("Copies of personal data"), days=services.EXPORT_DAYS, purge=services.purge_exports
    ),
    EventKind(verb="privacy.consented", name=_("A person agreed to something")),
    EventKind(verb="privacy.withdrew", name=_("A person withdrew a consent")),
    EventKind(verb="privacy.export_asked", name=_("A person asked for a copy of her data")),
    EventKind(verb="privacy.erased", name=_("A person erased her account")),
    MenuEntry(place="person", name=_("My data"), route="privacy:mine", order=50),
    PersonalData(
        label="privacy.consent",
        fields=("person", "purpose", "given_at", "withdrawn_at"),
        holder="person",
        purpose=_("To prove what you agreed to"),
        erasure="delete",
    ),
    PersonalData(
        label="privacy.export",
        fields=("person", "made_at", "expires_at"),
        holder="person",
        purpose=_("To give you a copy of your data"),
        erasure="delete",
    ),
]
