from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = "role:lead_partner"


def of_profile(profile) -> list[str]:
    return [f"admin:{profile.organisation_id}"]


def of_organisation(organisation) -> list[str]:
    return [f"org:{organisation.pk}"]


def of_network(network) -> list[str]:
    """Everybody of the organisations that have confirmed their seat."""
    seats = network.seats.filter(state="confirmed").values_list("organisation_id", flat=True)
    return [f"org:{pk}" for pk in seats]


RIGHTS = [
    Right(
        code="network.change_profile",
        name=_("Change what a cluster tells of itself, and confirm that it is still correct"),
        who=("named", LEAD),
        named=of_profile,
    ),
    Right(
        code="network.tie",
        name=_("Say with whom one's organisation works together"),
        who=("named",),
        named=of_organisation,
    ),
    Right(code="network.found", name=_("Found a cooperation network"), who=("members",)),
    Right(
        code="network.run",
        name=_("Ask members into a cooperation network and tell what it does"),
        who=("named",),
        named=of_network,
    ),
    Right(code="network.read_register", name=_("Read the synergy register"), who=("members", LEAD)),
    Right(
        code="network.keep_register",
        name=_("Keep the synergy register"),
        who=(LEAD, "role:wg_leader@", "role:wp_coordinator"),
    ),
    Right(
        code="network.correct_entry",
        name=_("Correct an entry of the synergy register"),
        who=("owner", LEAD),
        owner=lambda entry: entry.owner_id,
    ),
]
