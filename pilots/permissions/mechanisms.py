from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEADERS = ("role:wg_leader@", "role:lead_partner")
ALIVE = ("draft", "review", "approved", "published")
MAKERS = (*LEADERS, "role:wg_representative@", "role:wg_expert@")


def scope(thing) -> str:
    return thing.scope


def group(thing) -> set[str]:
    """Everybody in the working group, whatever the role."""
    return {thing.scope}


RIGHTS = [
    Right(code="pilots.view_mechanism", name=_("See a learning mechanism"), who=("audience",)),
    Right(
        code="pilots.begin_mechanism",
        name=_("Begin a learning mechanism of a working group"),
        who=MAKERS,
        scope=scope,
    ),
    Right(
        code="pilots.read_mechanism_desk",
        name=_("Read how a learning mechanism is being made"),
        who=("role:lead_partner", "role:reviewer", "role:translator", "named"),
        named=group,
    ),
    Right(
        code="pilots.change_mechanism",
        name=_("Write a learning mechanism, and say what it is based on"),
        who=MAKERS,
        scope=scope,
        states=ALIVE,
    ),
    Right(
        code="pilots.draw_evidence",
        name=_("Draw what a learning mechanism is based on"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="pilots.submit_mechanism",
        name=_("Submit a version of a learning mechanism"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="pilots.comment_mechanism",
        name=_("Comment on a learning mechanism that is being made"),
        who=("role:lead_partner", "role:reviewer", "named"),
        named=group,
        states=ALIVE,
    ),
    Right(
        code="pilots.approve_mechanism",
        name=_("Approve a version of a learning mechanism, or return it"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("review",),
    ),
    Right(
        code="pilots.publish_mechanism",
        name=_("Publish an approved learning mechanism"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("approved",),
    ),
    Right(
        code="pilots.withdraw_mechanism",
        name=_("Withdraw a published learning mechanism, with reasons"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=ALIVE,
    ),
    Right(
        code="pilots.delete_mechanism",
        name=_("Delete a learning mechanism that was never submitted"),
        who=LEADERS,
        scope=scope,
        states=("draft",),
    ),
]
