from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    Sweep,
    Thing,
)
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import admin_key, contact_ids

from . import counting, demonstration, panels, searching
from .models import Initiative, Network, Seat, Synergy, Tie
from .permissions import RIGHTS
from .selectors import directory
from .services import initiatives, networks, profiles, ties


def looking_after(event) -> list[int]:
    """Who can change the profile, which is the lead partner where nobody of the organisation can, and its contacts."""
    organisation = int(event.thing_id)
    keepers = people_of(admin_key(organisation), platform_day())
    return sorted({pk for pk in (*keepers, *contact_ids(organisation)) if pk})


def told_stale(event) -> NoticeContent:
    organisation = Organisation.objects.get(pk=event.thing_id)
    words = {"organisation": organisation}
    if directory.profile_of(organisation) is None:
        return NoticeContent(
            subject=gettext("What does %(organisation)s work on?") % words,
            text=gettext(
                "The directory tells nothing of %(organisation)s but its name and place. Whoever looks after it can make "
                "a profile in a few minutes, so that others find it."
            )
            % words,
            address=organisation.get_absolute_url(),
        )
    return NoticeContent(
        subject=gettext("Still correct? %(organisation)s") % words,
        text=gettext(
            "Nobody has confirmed the profile of %(organisation)s for a year. Look at it, change what is no longer so, or "
            "confirm it with one click."
        )
        % words,
        address=organisation.get_absolute_url(),
    )


def entry_of(event) -> Synergy | None:
    return Synergy.objects.select_related("initiative").filter(pk=event.payload["entry"]).first()


def owner_of_entry(event) -> list[int]:
    entry = entry_of(event)
    return [entry.owner_id] if entry and entry.owner_id else []


def told_step(event) -> NoticeContent:
    entry, initiative = entry_of(event), Initiative.objects.get(pk=event.thing_id)
    words = {"initiative": initiative, "step": entry.next_step if entry else ""}
    return NoticeContent(
        subject=gettext("Next step with %(initiative)s") % words,
        text=gettext("“%(step)s” was to be done by today. Note what came of it, or put the day right.") % words,
        address=initiative.get_absolute_url(),
    )


def tie_facts(tie: Tie) -> list[tuple]:
    return [
        (_("Organisation"), str(tie.one)),
        (_("Kind"), vocabulary.term_name("tie_kind", tie.kind)),
        (_("What you do together"), tie.what),
        (_("Since"), tie.begins),
    ]


def seat_facts(seat: Seat) -> list[tuple]:
    return [
        (_("Network"), str(seat.network.title)),
        (_("Purpose"), str(seat.network.purpose)),
        (_("Founded by"), str(seat.network.founder)),
    ]


CASES = [
    CaseKind(
        code="network.tie",
        name=_("Tie between organisations"),
        verb="network.tie_proposed",
        handler=lambda tie: admin_key(tie.other_id),
        days=30,
        title=lambda tie: gettext("%(one)s says it works with %(other)s") % {"one": tie.one, "other": tie.other},
        facts=tie_facts,
        needs=("one", "other"),
        organisation=lambda tie: tie.one_id,
        withdraw=ties.withdraw_tie,
        answers=(
            CaseAnswer(code="confirm", name=_("Confirm"), outcome=_("Confirmed"), perform=ties.confirm_tie),
            CaseAnswer(
                code="decline", name=_("Decline"), outcome=_("Declined"), perform=ties.decline_tie, tone="secondary"
            ),
        ),
    ),
    CaseKind(
        code="network.seat",
        name=_("Seat in a cooperation network"),
        verb="network.asked_in",
        handler=lambda seat: admin_key(seat.organisation_id),
        days=30,
        title=lambda seat: (
            gettext("%(organisation)s is asked into “%(network)s”")
            % {"organisation": seat.organisation, "network": seat.network}
        ),
        facts=seat_facts,
        needs=("organisation", "network"),
        organisation=lambda seat: seat.network.founder_id,
        withdraw=lambda seat, by: networks.leave_seat(seat, by=by),
        answers=(
            CaseAnswer(code="join", name=_("Join"), outcome=_("Joined"), perform=networks.take_seat),
            CaseAnswer(
                code="decline", name=_("Decline"), outcome=_("Declined"), perform=networks.leave_seat, tone="secondary"
            ),
        ),
    ),
]
declarations = [
    *RIGHTS,
    *CASES,
    of_fields("network.network", lambda user: Network.objects.all()),
    of_fields("network.initiative", lambda user: Initiative.objects.all()),
    Thing(
        label="network.network",
        name=_("Cooperation network"),
        title=lambda network: network.title,
        address=lambda network: network.get_absolute_url(),
        visible=lambda user: Network.objects.all(),
        public=True,
    ),
    Thing(
        label="network.initiative",
        name=_("European initiative"),
        title=lambda initiative: initiative.title,
        address=lambda initiative: initiative.get_absolute_url(),
        visible=lambda user: Initiative.objects.all(),
        public=True,
    ),
    Searchable(
        label="network.network",
        name=_("Cooperation networks"),
        document=searching.network_document,
        every=lambda: Network.objects.values_list("pk", flat=True),
        order=42,
    ),
    Searchable(
        label="network.initiative",
        name=_("European initiatives"),
        document=searching.initiative_document,
        every=lambda: Initiative.objects.values_list("pk", flat=True),
        order=44,
    ),
    EventKind(verb="network.profile_kept", name=_("A cluster changed what it tells of itself")),
    EventKind(verb="network.profile_confirmed", name=_("A profile was confirmed as still correct")),
    EventKind(
        verb="network.profile_stale",
        name=_("An organisation was asked to confirm its profile, or to make one"),
    ),
    EventKind(verb="network.tie_proposed", name=_("An organisation said with whom it works together")),
    EventKind(verb="network.tie_settled", name=_("A tie was confirmed or declined")),
    EventKind(verb="network.tie_ended", name=_("A tie was ended")),
    EventKind(verb="network.founded", name=_("A cooperation network was founded")),
    EventKind(verb="network.asked_in", name=_("An organisation was asked into a network")),
    EventKind(verb="network.seat_settled", name=_("An organisation joined or left a network")),
    EventKind(verb="network.activity_told", name=_("A network told what it did")),
    EventKind(verb="network.initiative_kept", name=_("A European initiative was described")),
    EventKind(verb="network.contact_noted", name=_("A contact with an initiative was noted")),
    EventKind(verb="network.entry_corrected", name=_("An entry of the synergy register was corrected")),
    EventKind(verb="network.step_due", name=_("The next step with an initiative is due")),
    PersonalData(
        label="network.synergy",
        fields=("owner",),
        holder="owner",
        purpose=_("To remind whoever noted a contact with an initiative of the next step"),
        erasure="anonymise",
    ),
    NoticeKind(
        code="network.step_due",
        name=_("The next step with a European initiative is due"),
        verb="network.step_due",
        recipients=owner_of_entry,
        content=told_step,
    ),
    NoticeKind(
        code="network.profile_stale",
        name=_("Is your organisation's profile still correct?"),
        verb="network.profile_stale",
        recipients=looking_after,
        content=told_stale,
    ),
    Sweep(code="network.ask_to_confirm", perform=profiles.ask_to_confirm, minutes=720),
    Sweep(code="network.remind_of_steps", perform=initiatives.remind, minutes=60),
    MenuEntry(place="public", name=_("Directory"), route="network:directory", order=55),
    MenuEntry(place="desk", name=_("Found a network"), route="network:new_network", order=40, right="network.found"),
    Panel(place="organisation.main", order=10, template="network/panel_profile.html", context=panels.profile),
    Panel(place="region.main", order=30, template="network/panel_here.html", context=panels.organisations_here),
    Panel(place="country.main", order=30, template="network/panel_here.html", context=panels.organisations_here),
    Demonstration(order=25, load=demonstration.load),
    *counting.RULES,
]
