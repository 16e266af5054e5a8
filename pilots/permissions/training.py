from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def scope(course) -> str:
    return course.scope


RIGHTS = [
    Right(code="pilots.view_course", name=_("See a course"), who=("audience",)),
    Right(
        code="pilots.hold_course",
        name=_("Hold a course, and see who takes part and what it brought all together"),
        who=("role:wg_leader@", "role:lead_partner"),
        scope=scope,
    ),
    Right(code="pilots.join_course", name=_("Take part in a course"), who=("user",), states=("open",)),
]
