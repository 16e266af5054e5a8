from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def group(transfer) -> str:
    """The working group of the record's first topic."""
    topic = next(iter(transfer.record.topics.all()), None)
    return f"group:{topic.pk}" if topic else ""


RIGHTS = [
    Right(code="pilots.view_transfer", name=_("See a transfer assessment"), who=("audience",)),
    Right(code="pilots.keep_transfer", name=_("Keep how a practice fits a region, to discuss it"), who=("members",)),
    Right(code="pilots.discuss_transfer", name=_("Discuss a transfer assessment"), who=("members",)),
    Right(
        code="pilots.judge_transfer",
        name=_("Judge as an expert whether a practice would work in a region"),
        who=("role:wg_expert@", "role:wg_leader@", "role:wg_representative@", "role:reviewer", "role:stc_member"),
        scope=group,
    ),
]
