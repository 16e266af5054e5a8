from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD, EDITOR, LEADER = "role:lead_partner", "role:editor", "role:wg_leader@"
DESK = (LEADER, LEAD, EDITOR)


def scope(question) -> str:
    return question.scope


def asker_keys(question) -> set[str]:
    asker = getattr(question, "asker", None)
    return {f"person:{asker.person_id}"} if asker and asker.person_id else set()


def insiders(question) -> set[str]:
    """Who asked, who answers, who gives questions on, and who words what is published."""
    keys = {LEAD, *asker_keys(question)}
    if question.scope:
        keys.add(f"{LEADER}{question.scope}")
    if question.expert_id:
        keys.add(f"person:{question.expert_id}")
    return keys | {EDITOR} if question.agrees and question.is_answered else keys


RIGHTS = [
    Right(code="pilots.ask_helpdesk", name=_("Ask the policy helpdesk"), who=("public",)),
    Right(code="pilots.view_question", name=_("See a question to the helpdesk"), who=("audience",)),
    Right(
        code="pilots.read_question",
        name=_("Read a question to the helpdesk in the words in which it was asked"),
        who=("named",),
        named=insiders,
    ),
    Right(
        code="pilots.react_to_answer",
        name=_("Rate an answer of the helpdesk, ask back, and say whether it is published"),
        who=("named",),
        named=asker_keys,
    ),
    Right(code="pilots.view_helpdesk", name=_("See which questions the helpdesk has"), who=DESK),
    Right(
        code="pilots.publish_question",
        name=_("Publish a question to the helpdesk with its answer"),
        who=DESK,
        scope=scope,
        decides=True,
        states=("answered", "published"),
    ),
]
