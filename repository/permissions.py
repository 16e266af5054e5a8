from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

EDITORS = ("role:editor", "role:lead_partner")


EXPERTS = ("wg_expert", "wg_representative")


def depositor(record) -> int | None:
    return record.deposited_by_id


def group(record) -> str:
    """The working group of the record's first topic, whose leader may publish it."""
    numbers = [topic.pk for topic in record.topics.all()]
    return f"group:{min(numbers)}" if numbers else ""


def collection_group(collection) -> str:
    return f"group:{collection.topic_id}" if collection.topic_id else ""


RIGHTS = [
    Right(code="repository.view_record", name=_("See a record and its files"), who=("audience",)),
    Right(code="repository.deposit_record", name=_("Deposit a record"), who=("members", *EDITORS)),
    Right(
        code="repository.change_draft",
        name=_("Change a draft and its files"),
        who=("owner", "grant", *EDITORS),
        states=("draft",),
        owner=depositor,
    ),
    Right(
        code="repository.publish_record",
        name=_("Publish a record"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=group,
        decides=True,
        states=("draft", "withdrawn"),
    ),
    Right(
        code="repository.revise_record",
        name=_("Revise a published record"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=group,
        decides=True,
        states=("published",),
    ),
    Right(
        code="repository.propose_change",
        name=_("Propose a change of a published record"),
        who=("owner",),
        owner=depositor,
        states=("published",),
    ),
    Right(
        code="repository.answer_proposal",
        name=_("Take over a proposed change of a record, or not"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=lambda proposal: group(proposal.record),
        decides=True,
    ),
    Right(
        code="repository.translate_record",
        name=_("Translate the texts of a record"),
        who=("owner", "role:translator", "role:reviewer", "role:editor", "role:lead_partner", "role:wg_leader@"),
        owner=depositor,
        scope=group,
        states=("draft", "published"),
    ),
    Right(
        code="repository.review_translation",
        name=_("Review translations of a record"),
        who=("role:reviewer", "role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=group,
        states=("draft", "published"),
    ),
    Right(
        code="repository.ask_files",
        name=_("Ask for files of a record that are not open"),
        who=("user",),
        states=("published",),
    ),
    Right(
        code="repository.relate_record",
        name=_("Say how a record is related to others"),
        who=("owner", "role:editor", "role:lead_partner", "role:wg_leader@"),
        owner=depositor,
        scope=group,
        states=("draft", "published"),
    ),
    Right(
        code="repository.adopt_record",
        name=_("Say that an organisation has taken over a practice"),
        who=("members",),
        states=("published",),
    ),
    Right(
        code="repository.ask_validation",
        name=_("Ask for the validation of a practice"),
        who=("owner", "role:editor", "role:lead_partner", "role:wg_leader@"),
        owner=depositor,
        scope=group,
        states=("published",),
    ),
    Right(
        code="repository.screen_record",
        name=_("Look whether a practice can be judged, and pass it to experts"),
        who=EDITORS,
        decides=True,
        states=("published",),
    ),
    Right(
        code="repository.comment_record",
        name=_("Comment on a record"),
        who=("members", "role:lead_partner"),
        states=("draft", "published"),
    ),
    Right(
        code="repository.ask_comments",
        name=_("Ask for comments on a record in a round, and say what came of them"),
        who=("owner", "role:editor", "role:lead_partner", "role:wg_leader@"),
        owner=depositor,
        scope=group,
        states=("draft", "published"),
    ),
    Right(
        code="repository.hide_comment",
        name=_("Hide a comment on a record"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=group,
    ),
    Right(
        code="repository.ask_gap",
        name=_("Ask organisations for what the repository lacks"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@", "role:wp_coordinator"),
    ),
    Right(
        code="repository.edit_collection",
        name=_("Keep a search of the repository as a collection"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
        scope=collection_group,
    ),
    Right(
        code="repository.withdraw_record",
        name=_("Withdraw a record"),
        who=EDITORS,
        decides=True,
        states=("published",),
    ),
]
