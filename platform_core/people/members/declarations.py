from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    PersonalData,
    Searchable,
    SearchDocument,
    Standing,
    Thing,
)
from platform_core.identity.access.selectors import visible

from . import demonstration, selectors
from .models import Organisation, Tier
from .permissions import RIGHTS


def admission_notice(event) -> NoticeContent:
    organisation = find_thing(event.thing, event.thing_id)
    words = {"organisation": organisation, "tier": Tier(event.payload["tier"]).label}
    return NoticeContent(
        subject=gettext("%(organisation)s is now: %(tier)s") % words,
        text=gettext(
            "The lead partner has admitted %(organisation)s to the platform. Its membership: %(tier)s. "
            "From now on you see what this membership opens to you when you sign in."
        )
        % words,
        address=organisation.get_absolute_url(),
    )


def search_document(pk: int) -> SearchDocument | None:
    organisation = Organisation.objects.select_related("region").filter(pk=pk).first()
    if organisation is None:
        return None
    regions = [organisation.region.code] if organisation.region else []
    begun = organisation.memberships.order_by("begins").values_list("begins", flat=True).first()
    return SearchDocument(
        title=organisation.name,
        summary=organisation.description,
        body={"en": organisation.acronym},
        route="members:organisation",
        key=organisation.code,
        day=begun or demonstration.EPOCH,
        facets={"country": [organisation.country_id], "region": regions},
    )


declarations = [
    *RIGHTS,
    Standing(code="members.tier", keys=selectors.standing_of, people=selectors.people_standing),
    Thing(
        label="members.organisation",
        name=_("Organisation"),
        title=lambda organisation: organisation.name,
        address=lambda organisation: organisation.get_absolute_url(),
        visible=lambda user: visible(Organisation.objects.all(), user),
        public=True,
    ),
    Searchable(
        label="members.organisation",
        name=_("Organisations"),
        document=search_document,
        every=lambda: Organisation.objects.values_list("pk", flat=True),
        order=40,
    ),
    EventKind(verb="members.organisation_added", name=_("An organisation was added")),
    EventKind(verb="members.admitted", name=_("An organisation was admitted or moved to another tier")),
    EventKind(verb="members.membership_ended", name=_("A membership was ended")),
    EventKind(verb="members.affiliated", name=_("A person began to act for an organisation")),
    NoticeKind(
        code="members.admitted",
        name=_("Your organisation's membership"),
        verb="members.admitted",
        recipients=lambda event: selectors.contact_ids(int(event.thing_id)),
        content=admission_notice,
    ),
    MenuEntry(place="public", name=_("Members"), route="members:directory", order=60),
    MenuEntry(place="desk", name=_("Organisations"), route="members:desk", order=10, right="members.view_desk"),
    PersonalData(
        label="members.affiliation",
        fields=("person", "function"),
        holder="person",
        purpose=_("To know for whom a person acts"),
        erasure="delete",
    ),
    *demonstration.ACCOUNTS,
    Demonstration(order=10, load=demonstration.load),
]
