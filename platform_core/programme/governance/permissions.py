from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = "role:lead_partner"


def committee(decision) -> list[str]:
    """Audience keys of those who sit in the committee that decides."""
    return [*decision.body.keys, LEAD]


def voters(decision) -> list[str]:
    """Delegates, and those named to vote for an organisation in this ballot."""
    return [*decision.body.keys, *(f"person:{proxy.person_id}" for proxy in decision.proxies.all())]


def sitting(body) -> list[str]:
    return body.keys


RIGHTS = [
    Right(code="governance.view_decision", name=_("See a decision"), who=("audience",)),
    Right(
        code="governance.propose",
        name=_("Propose a decision to a committee"),
        who=("named", LEAD),
        decides=True,
        named=sitting,
    ),
    Right(
        code="governance.record_decision",
        name=_("Record what a committee has decided at a meeting"),
        who=("named", LEAD),
        decides=True,
        named=sitting,
    ),
    Right(
        code="governance.change_decision",
        name=_("Change a decision before the vote, and withdraw it"),
        who=("named",),
        decides=True,
        states=("draft", "discussion"),
        named=committee,
    ),
    Right(
        code="governance.open_ballot",
        name=_("Open the vote on a decision"),
        who=("named",),
        decides=True,
        states=("draft", "discussion"),
        named=committee,
    ),
    Right(
        code="governance.extend_ballot",
        name=_("Extend a vote"),
        who=("named",),
        decides=True,
        states=("open",),
        named=committee,
    ),
    Right(
        code="governance.cast_vote",
        name=_("Cast an organisation's vote"),
        who=("named",),
        decides=True,
        states=("open",),
        named=voters,
    ),
    Right(
        code="governance.discuss",
        name=_("Discuss a decision"),
        who=("members", LEAD),
        states=("draft", "discussion", "open"),
    ),
    Right(code="governance.ask_opinion", name=_("Ask the scientific committee for an opinion"), who=("members", LEAD)),
    Right(
        code="governance.give_opinion",
        name=_("Give an opinion of the scientific committee"),
        who=("role:stc_member",),
        decides=True,
    ),
]
