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
    Searchable,
    Sweep,
    Thing,
)
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import admin_key

from . import counting, demonstration, panels, searching
from .models import Initiative, Network, Seat, Tie
from .permissions import RIGHTS
from .services import networks, profiles, ties


def looking_after(event) -> list[int]:
    people = people_of(admin_key(int(event.thing_id)), platform_day())
    return sorted({pk for pk in people if pk})


def told_stale(event) -> NoticeContent:
    organisation = Organisation.objects.get(pk=event.thing_id)
    words = {"organisation": organisation}
    return NoticeContent(
        subject=gettext("Still correct? %(organisation)s") % words,
        text=gettext(
            "Nobody has confirmed the profile of %(organisation)s for a year. Look at it, change what is no longer so, or "
            "confirm it with one click."
        )
        % words,
        address=organisation.get_absolute_url(),
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
    EventKind(verb="network.profile_stale", name=_("Nobody has confirmed a profile for a year")),
    EventKind(verb="network.tie_proposed", name=_("An organisation said with whom it works together")),
    EventKind(verb="network.tie_settled", name=_("A tie was confirmed or declined")),
    EventKind(verb="network.tie_ended", name=_("A tie was ended")),
    EventKind(verb="network.founded", name=_("A cooperation network was founded")),
    EventKind(verb="network.asked_in", name=_("An organisation was asked into a network")),
    EventKind(verb="network.seat_settled", name=_("An organisation joined or left a network")),
    EventKind(verb="network.activity_told", name=_("A network told what it did")),
    EventKind(verb="network.initiative_kept", name=_("A European initiative was described")),
    EventKind(verb="network.contact_noted", name=_("A contact with an initiative was noted")),
    NoticeKind(
        code="network.profile_stale",
        name=_("Is your organisation's profile still correct?"),
        verb="network.profile_stale",
        recipients=looking_after,
        content=told_stale,
    ),
    Sweep(code="network.ask_to_confirm", perform=profiles.ask_to_confirm, minutes=720),
    MenuEntry(place="public", name=_("Directory"), route="network:directory", order=55),
    MenuEntry(place="desk", name=_("Found a network"), route="network:new_network", order=40, right="network.found"),
    Panel(place="organisation.main", order=10, template="network/panel_profile.html", context=panels.profile),
    Panel(place="region.main", order=30, template="network/panel_here.html", context=panels.organisations_here),
    Panel(place="country.main", order=30, template="network/panel_here.html", context=panels.organisations_here),
    Demonstration(order=25, load=demonstration.load),
    *counting.RULES,
]
