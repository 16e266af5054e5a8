from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, PersonalData

declarations = [
    EventKind(verb="accounts.opened", name=_("An account was opened")),
    EventKind(verb="accounts.settings_changed", name=_("Personal settings were changed")),
    MenuEntry(place="person", name=_("Your settings"), route="accounts:settings", order=20),
    MenuEntry(place="person", name=_("Sign-in and security"), route="mfa_index", order=30),
    MenuEntry(place="person", name=_("Where I am signed in"), route="usersessions_list", order=35),
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
    PersonalData(
        label="account.emailaddress",
        fields=("user", "email", "verified"),
        holder="user",
        purpose=_("To know that an address is yours"),
        erasure="delete",
    ),
    PersonalData(
        label="mfa.authenticator",
        fields=("user", "type", "created_at", "last_used_at"),
        holder="user",
        purpose=_("To keep your account safe with a second step"),
        erasure="delete",
    ),
    PersonalData(
        label="usersessions.usersession",
        fields=("user", "created_at", "ip", "user_agent", "last_seen_at"),
        holder="user",
        purpose=_("To show you where you are signed in"),
        erasure="delete",
    ),
]
