from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, MenuEntry, NoticeKind
from platform_core.ground.texts.notices import teller
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import contact_ids

from ..selectors.partners import debts_by_partner, overdue


def told(event) -> list[int]:
    return contact_ids(int(event.thing_id)) if event.thing == "members.organisation" else []


def facts(event) -> tuple[dict, str]:
    found = Organisation.objects.get(pk=event.thing_id)
    owed = [
        f"{debt.indicator.name} ({debt.value}/{debt.target})"
        for debt in debts_by_partner().get(found.pk, [])
        if debt.missing
    ]
    owed += [f"{words} ({date_format(day, 'DATE_FORMAT')})" for words, day in overdue(found)]
    return {"name": found.name, "owed": "; ".join(owed)}, reverse("monitoring:partner", args=[found.code])


about = teller(facts)
partners = [
    EventKind(verb="monitoring.partner_reminded", name=_("A partner was reminded of what it owes the programme")),
    NoticeKind(
        code="monitoring.partner_reminded",
        name=_("Your organisation owes the programme something"),
        verb="monitoring.partner_reminded",
        recipients=told,
        content=about(
            _("What %(name)s still owes the programme"),
            _("The lead partner reminds you of what is still to come from your organisation: %(owed)s."),
        ),
        urgent=True,
    ),
    MenuEntry(
        place="desk",
        name=_("What partners owe"),
        route="monitoring:partners",
        order=49,
        right="monitoring.read_partner",
    ),
]
