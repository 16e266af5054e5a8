from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RUNNERS = ("role:wg_leader@", "role:lead_partner")
READERS = (*RUNNERS, "role:wg_representative@", "role:wg_expert@")
IN_THE_MAKING = ("draft",)


def scope(thing) -> str:
    return thing.scope


RIGHTS = [
    Right(code="benchmarking.view_study", name=_("See a study of peers or a cluster map"), who=("audience",)),
    Right(
        code="benchmarking.follow_study",
        name=_("Follow how studies of peers and cluster maps are made"),
        who=READERS,
        scope=scope,
    ),
    Right(
        code="benchmarking.make_study",
        name=_("Begin a study of peers or a cluster map of a working group"),
        who=RUNNERS,
        scope=scope,
    ),
    Right(
        code="benchmarking.change_study",
        name=_("Change and compute a study of peers or a cluster map"),
        who=RUNNERS,
        scope=scope,
        states=IN_THE_MAKING,
    ),
    Right(
        code="benchmarking.publish_study",
        name=_("Publish a study of peers or a cluster map"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=IN_THE_MAKING,
    ),
    Right(
        code="benchmarking.withdraw_study",
        name=_("Withdraw a published study of peers or cluster map"),
        who=RUNNERS,
        scope=scope,
        decides=True,
        states=("published",),
    ),
]
