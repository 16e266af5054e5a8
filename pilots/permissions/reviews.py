from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEADERS = ("role:wg_leader@", "role:lead_partner")


def scope(review) -> str:
    return review.scope


def host(review) -> list[str]:
    return [f"org:{review.host_id}"]


def writers(review) -> list[str]:
    """The host and the peers who take part."""
    peers = review.peers.filter(state="accepted").exclude(person=None).values_list("person", flat=True)
    return [*host(review), *(f"person:{pk}" for pk in peers)]


def followers(review) -> list[str]:
    """The host and whoever owns a recommendation."""
    return [*host(review), *(f"org:{pk}" for pk in review.recommendations.values_list("owner", flat=True))]


RIGHTS = [
    Right(code="pilots.view_review", name=_("See a peer review"), who=("audience",)),
    Right(code="pilots.apply_for_review", name=_("Apply for a peer review of a region"), who=("members",)),
    Right(
        code="pilots.change_review",
        name=_("Change an application for a peer review, and send it"),
        who=("named",),
        named=host,
        states=("draft", "refused"),
    ),
    Right(
        code="pilots.decide_review",
        name=_("Decide whether an application for a peer review is eligible"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("applied",),
    ),
    Right(
        code="pilots.invite_peers",
        name=_("Find and invite the peers of a review, and fix its days and agenda"),
        who=LEADERS,
        scope=scope,
        states=("eligible", "planned"),
    ),
    Right(
        code="pilots.write_review",
        name=_("Write findings and recommendations of a peer review"),
        who=("named",),
        named=writers,
        states=("planned",),
    ),
    Right(
        code="pilots.publish_review",
        name=_("Publish the report of a peer review"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("planned",),
    ),
    Right(
        code="pilots.call_off_review",
        name=_("Call off a peer review, with reasons"),
        who=(*LEADERS, "named"),
        scope=scope,
        named=host,
        states=("eligible", "planned"),
    ),
    Right(
        code="pilots.follow_review",
        name=_("Tell what became of the recommendations of a peer review"),
        who=("named",),
        named=followers,
        states=("published",),
    ),
]
