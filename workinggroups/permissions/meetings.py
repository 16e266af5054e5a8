from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .groups import GROUP, LEADERS, SEATED, scope


def maker(meeting) -> int | None:
    return meeting.made_by_id


def invited(meeting) -> set[str]:
    """Those invited who may still open it; also for the minutes of a meeting."""
    rows = getattr(meeting, "meeting", meeting).participants.filter(is_open=True).exclude(person=None)
    return {f"person:{pk}" for pk in rows.values_list("person", flat=True)}


MEETINGS = [
    Right(code="workinggroups.view_meeting", name=_("See a meeting of a working group"), who=("audience",)),
    Right(code="workinggroups.plan_meeting", name=_("Plan meetings of a working group"), who=SEATED, scope=scope),
    Right(
        code="workinggroups.lead_meeting",
        name=_("Invite to a meeting, change it and call it off"),
        who=(*LEADERS, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.answer_meeting",
        name=_("Say whether one comes to a meeting"),
        who=("named",),
        named=invited,
    ),
    Right(
        code="workinggroups.write_minutes",
        name=_("Write the minutes of a meeting"),
        who=(*GROUP, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.comment_minutes",
        name=_("Comment on the minutes of a meeting"),
        who=(*GROUP, "named"),
        scope=scope,
        named=invited,
    ),
    Right(
        code="workinggroups.finalise_minutes",
        name=_("Make the minutes of a meeting final"),
        who=LEADERS,
        scope=scope,
        decides=True,
    ),
]
