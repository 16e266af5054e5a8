from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    PersonalData,
    Searchable,
    SearchDocument,
    Standing,
    Sweep,
    Thing,
)
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import holders, visible

from . import counting, demonstration, invitations, people, selectors, services
from .models import Application, Claim, Membership, Organisation, Tier
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


def ending_notice(event) -> NoticeContent:
    organisation = find_thing(event.thing, event.thing_id)
    words = {"organisation": organisation, "day": date_format(date.fromisoformat(event.payload["ends"]))}
    return NoticeContent(
        subject=gettext("The membership of %(organisation)s ends on %(day)s") % words,
        text=gettext(
            "From the day after, %(organisation)s has no part in what this membership opens. What it contributed stays. "
            "The lead partner can admit it anew."
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


def application_facts(application: Application) -> list[tuple]:
    organisation = application.organisation
    kind = vocabulary.term_name("organisation_type", organisation.kind)
    kinds = [kind, _("public body")] if organisation.is_public_body else [kind]
    stances = [f"{stance.topic.short}: {stance.get_side_display()}" for stance in organisation.stances.all()]
    return [
        (_("Organisation"), str(organisation)),
        (_("Type"), ", ".join(map(str, kinds))),
        (_("Country"), str(organisation.country)),
        (_("Membership asked for"), " · ".join(filter(None, (tier_words(application), share_words(application))))),
        (_("Experience"), "; ".join(stances) or "–"),
        (_("Why"), application.motivation),
    ]


def tier_words(application: Application) -> str:
    return str(Tier(application.tier).label)


def share_words(application: Application) -> str:
    return str(Membership.Share(application.share).label) if application.share else ""


def claim_facts(claim: Claim) -> list[tuple]:
    fits = _("yes") if claim.domain_fits else _("no, or its domain is not known")
    return [
        (_("Person"), str(claim.person)),
        (_("E-mail address"), claim.person.email),
        (_("Address of the organisation's domain"), fits),
        (_("Function"), claim.function),
    ]


CASES = [
    CaseKind(
        code="members.application",
        name=_("Application for membership"),
        verb="members.applied",
        handler=lambda application: "role:lead_partner",
        days=20,
        title=lambda application: (
            gettext("Membership of %(organisation)s") % {"organisation": application.organisation}
        ),
        facts=application_facts,
        needs=("organisation",),
        organisation=lambda application: application.organisation_id,
        withdraw=services.withdraw_application,
        answers=(
            CaseAnswer(
                code="admit",
                name=_("Admit"),
                outcome=_("Admitted"),
                perform=services.grant_application,
                form="platform_core.people.members.forms.applications.GrantForm",
                right="members.admit_organisation",
            ),
            CaseAnswer(
                code="decline",
                name=_("Decline"),
                outcome=_("Declined"),
                perform=services.decline_application,
                right="members.admit_organisation",
                tone="secondary",
            ),
        ),
    ),
    CaseKind(
        code="members.claim",
        name=_("Claim to act for an organisation"),
        verb="members.claimed",
        handler=lambda claim: selectors.admin_key(claim.organisation_id),
        days=10,
        title=lambda claim: (
            gettext("%(person)s says she acts for %(organisation)s")
            % {"person": claim.person, "organisation": claim.organisation}
        ),
        facts=claim_facts,
        needs=("organisation", "person"),
        withdraw=services.withdraw_claim,
        answers=(
            CaseAnswer(
                code="confirm",
                name=_("Confirm"),
                outcome=_("Confirmed"),
                perform=services.confirm_claim,
                form="platform_core.people.members.forms.affiliations.ConfirmClaimForm",
            ),
            CaseAnswer(
                code="decline",
                name=_("Decline"),
                outcome=_("Declined"),
                perform=services.decline_claim,
                tone="secondary",
            ),
        ),
    ),
]

declarations = [
    *RIGHTS,
    *CASES,
    Standing(code="members.invited", keys=invitations.keys_of_invited, people=invitations.invited),
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
    EventKind(verb="members.merged", name=_("Another organisation turned out to be the same and was merged into it")),
    EventKind(verb="members.merged_away", name=_("An organisation turned out to be another and was merged into it")),
    EventKind(verb="members.admitted", name=_("An organisation was admitted or moved to another tier")),
    EventKind(verb="members.membership_ended", name=_("A membership was ended")),
    EventKind(verb="members.suspended", name=_("A membership was suspended")),
    EventKind(verb="members.resumed", name=_("A suspended membership goes on")),
    EventKind(verb="members.ending", name=_("A membership ends soon")),
    Sweep(code="members.remind_ending", perform=services.remind_ending, minutes=60),
    NoticeKind(
        code="members.ending",
        name=_("A membership ends soon"),
        verb="members.ending",
        recipients=lambda event: sorted({*selectors.contact_ids(int(event.thing_id)), *holders("lead_partner")}),
        content=ending_notice,
    ),
    EventKind(verb="members.applied", name=_("An organisation applied for membership")),
    EventKind(verb="members.profile_changed", name=_("A person changed what she tells of herself")),
    EventKind(verb="members.invited", name=_("Somebody was invited")),
    EventKind(verb="members.invitation_accepted", name=_("An invitation was accepted")),
    EventKind(verb="members.invitation_revoked", name=_("An invitation was taken back")),
    EventKind(verb="members.claimed", name=_("A person said that she acts for an organisation")),
    EventKind(verb="members.organisation_changed", name=_("An organisation's profile was changed")),
    EventKind(verb="members.affiliation_changed", name=_("What a person is for an organisation was changed")),
    EventKind(verb="members.affiliation_ended", name=_("A person stopped acting for an organisation")),
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
    MenuEntry(place="desk", name=_("Invitations"), route="members:invitations", order=12, right="members.invite"),
    MenuEntry(
        place="desk",
        name=_("Rules of the partnership"),
        route="members:partnership",
        order=15,
        right="members.view_desk",
    ),
    MenuEntry(place="person", name=_("My profile"), route="members:own_profile", order=12),
    MenuEntry(place="person", name=_("My organisations"), route="members:own", order=15),
    PersonalData(
        label="members.application",
        fields=("applicant", "motivation"),
        holder="applicant",
        purpose=_("To decide on memberships and keep the decision"),
        erasure="anonymise",
    ),
    PersonalData(
        label="members.profile",
        fields=("person", "about", "languages", "orcid", "links", "phone", "photo", "shown"),
        holder="person",
        purpose=_("To show of you what you chose, to those you chose"),
        erasure="delete",
        files=people.files_of,
    ),
    PersonalData(
        label="members.invitation",
        fields=("email", "name", "function", "invited_by", "accepted_by"),
        holder="accepted_by",
        purpose=_("To invite people and to know who opened what to whom"),
        erasure="delete",
    ),
    PersonalData(
        label="members.claim",
        fields=("person", "function"),
        holder="person",
        purpose=_("To know for whom a person acts"),
        erasure="delete",
    ),
    PersonalData(
        label="members.organisation",
        fields=("email",),
        holder="",
        purpose=_("To reach the organisation; addresses of people do not belong here"),
        erasure="keep",
    ),
    PersonalData(
        label="members.affiliation",
        fields=("person", "function"),
        holder="person",
        purpose=_("To know for whom a person acts"),
        erasure="delete",
    ),
    *demonstration.ACCOUNTS,
    Demonstration(order=10, load=demonstration.load),
    *counting.RULES,
]
