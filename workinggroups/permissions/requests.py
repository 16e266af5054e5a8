from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .groups import GROUP, LEADERS, scope


def asked_organisation(asked) -> set[str]:
    return {f"org:{asked.organisation_id}"}


REQUESTS = [
    Right(
        code="workinggroups.ask_information",
        name=_("Ask organisations for information, and return what they answer"),
        who=LEADERS,
        scope=scope,
    ),
    Right(
        code="workinggroups.read_answers",
        name=_("Read what organisations answer to a working group"),
        who=GROUP,
        scope=scope,
    ),
    Right(
        code="workinggroups.record_answer",
        name=_("Make the draft of a record from an answer that was given"),
        who=(*LEADERS, "named"),
        scope=scope,
        named=asked_organisation,
        states=("given",),
    ),
    Right(
        code="workinggroups.give_information",
        name=_("Answer an information request for an organisation"),
        who=("named",),
        named=asked_organisation,
        states=("asked", "returned", "given", "declined"),
    ),
]
