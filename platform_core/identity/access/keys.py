"""Audience keys: short strings that say whose company a person keeps, and in which words to show them."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

PUBLIC = "public"
USER = "user"
MEMBERS = "members"
FULL = "tier:full"

WORDS: dict[str, Promise] = {
    PUBLIC: gettext_lazy("Everyone"),
    USER: gettext_lazy("Everyone with an account"),
    MEMBERS: gettext_lazy("Members"),
    FULL: gettext_lazy("Full members"),
    "tier:associated": gettext_lazy("Associated members"),
    "tier:partner": gettext_lazy("Partner members"),
    "role:lead_partner": gettext_lazy("Lead partner"),
    "role:editor": gettext_lazy("Editors"),
    "role:reviewer": gettext_lazy("Reviewers"),
    "role:translator": gettext_lazy("Translators"),
    "owner": gettext_lazy("Whoever it belongs to"),
    "owner@": gettext_lazy("Whoever it belongs to, while she takes part in its working group"),
    "audience": gettext_lazy("Whoever may see it"),
    "named": gettext_lazy("Whoever it names"),
    "grant": gettext_lazy("Whoever was given this right for it"),
    "role:wg_leader@": gettext_lazy("Leader of its working group"),
    "role:wg_representative@": gettext_lazy("Representatives in its working group"),
    "role:wg_expert@": gettext_lazy("Experts of its working group"),
}


def within(person: int, scope: str) -> str:
    """One person for as long as she holds a role within a scope."""
    return f"inside:{person}@{scope}"


def openness(key: str) -> int:
    """0 for everyone, 1 for members, 2 for anything narrower."""
    return {PUBLIC: 0, MEMBERS: 1}.get(key, 2)


def key_words(key: str) -> str:
    if key in WORDS:
        return str(WORDS[key])
    if key.startswith("role:wg_leader@"):
        return str(WORDS["role:wg_leader@"])
    kind, _sep, number = key.partition(":")
    if kind == "group":
        return _("Working group %(number)s") % {"number": number}
    return {
        "person": _("One person"),
        "inside": _("One person, while she takes part in the working group"),
        "org": _("One organisation"),
        "admin": _("Those who look after one organisation"),
        "activity": _("Those invited"),
        "change": _("Those invited to change it"),
    }.get(kind, key)
