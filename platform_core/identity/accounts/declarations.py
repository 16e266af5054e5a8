from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, PersonalData

declarations = [
    EventKind(verb="accounts.opened", name=_("An account was opened")),
    EventKind(verb="accounts.settings_changed", name=_("Personal settings were changed")),
    MenuEntry(place="person", name=_("Your settings"), route="accounts:settings", order=20),
    MenuEntry(place="person", name=_("Sign-in and security"), route="mfa_index", order=30),
    PersonalData(
        label="accounts.user",
        fields=("email", "name", "language", "time_zone", "last_login"),
        holder="self",
        purpose=_("To sign in and to be addressed in one's language and time zone"),
        erasure="delete",
    ),
    PersonalData(
        label="accounts.pseudonym",
        fields=("person", "token"),
        holder="person",
        purpose=_("To tell who did what, as long as the account exists"),
        erasure="delete",
    ),
]
