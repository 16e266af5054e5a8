"""The rules of the terms of reference for the partnership, and how it stands to them today."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders

from .models import Affiliation, Membership, Stance, Tier

STATES = 8
FINANCING_PER_COUNTRY = 3
PARTNERS = (10, 20)


@dataclass(frozen=True)
class Rule:
    """`is_advice` marks what is recommended and not demanded."""

    name: str
    met: bool
    told: str
    is_advice: bool = False


def checklist() -> list[Rule]:
    """Every rule, read from the memberships of today; costs the same few queries for any number of partners."""
    rows = Membership.objects.on(platform_day()).filter(tier=Tier.FULL)
    full = list(rows.select_related("organisation__country").order_by("pk"))
    return [states(full), financing(full), lead(full), size(full), outside(full), balance(full)]


def states(full: list[Membership]) -> Rule:
    countries = sorted({str(one.organisation.country) for one in full})
    missing = STATES - len(countries)
    told = ", ".join(countries)
    if missing > 0:
        more = ngettext("One partner state is missing.", "%(n)s partner states are missing.", missing) % {"n": missing}
        told = f"{told} – {more}" if told else more
    return Rule(_("At least eight partner states"), missing <= 0, told)


def financing(full: list[Membership]) -> Rule:
    paying = Counter(str(one.organisation.country) for one in full if one.share == Membership.Share.FINANCING)
    over = {name: number for name, number in sorted(paying.items()) if number > FINANCING_PER_COUNTRY}
    told = ", ".join(f"{name}: {number}" for name, number in (over or dict(sorted(paying.items()))).items())
    return Rule(
        _("At most three financing partners from one country"), not over, told or _("No financing partner yet.")
    )


def lead(full: list[Membership]) -> Rule:
    leading = Affiliation.objects.on(platform_day()).filter(person__in=holders("lead_partner"))
    led_by = set(leading.values_list("organisation", flat=True))
    organisations = [one.organisation for one in full if one.organisation_id in led_by]
    public = [str(one) for one in organisations if one.is_public_body]
    told = ", ".join(public) or (
        _("%(name)s is no public body.") % {"name": organisations[0]} if organisations else _("Nobody leads yet.")
    )
    return Rule(_("A lead partner from the public sector"), bool(public), told)


def size(full: list[Membership]) -> Rule:
    least, most = PARTNERS
    number = len(full)
    return Rule(
        _("Ten to twenty partners"),
        least <= number <= most,
        ngettext("%(n)s full member.", "%(n)s full members.", number) % {"n": number},
        is_advice=True,
    )


def outside(full: list[Membership]) -> Rule:
    names = sorted({str(one.organisation.country) for one in full if not one.organisation.country.in_eu})
    told = ", ".join(names) or _("No full member comes from outside the European Union.")
    return Rule(_("Partners from countries outside the European Union"), bool(names), told, is_advice=True)


def balance(full: list[Membership]) -> Rule:
    """In each topic somebody has experience to share and somebody wants to gain it."""
    rows = Stance.objects.filter(organisation__in=[one.organisation_id for one in full])
    sides: dict[int, set[str]] = {}
    for topic, side in rows.values_list("topic", "side"):
        sides.setdefault(topic, set()).update({"shares", "gains"} if side == Stance.Side.BOTH else {side})
    lacking = []
    for topic in vocabulary.topics():
        held = sides.get(topic.pk, set())
        if "shares" not in held:
            lacking.append(_("%(topic)s: nobody shares experience") % {"topic": topic.short})
        if "gains" not in held:
            lacking.append(_("%(topic)s: nobody wants to gain experience") % {"topic": topic.short})
    told = "\n".join(lacking) or _("In every topic there are both.")
    return Rule(_("Balance between partners with experience and partners who want to gain it"), not lacking, told)
