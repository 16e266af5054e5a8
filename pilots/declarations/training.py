from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    IndicatorRule,
    MenuEntry,
    NoticeKind,
    PersonalData,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.materials.languages.fields import of_fields

from ..demonstration import training as demonstration
from ..models import Course
from ..permissions import training as permissions
from ..selectors import training as selectors
from ..services import training as services


def course_of(event) -> Course | None:
    found = find_thing(selectors.LABEL, event.thing_id)
    return found if isinstance(found, Course) else None


def to_say_again(event) -> list[int]:
    """Participants whose second self-assessment is missing."""
    found = course_of(event)
    rows = found.participants.filter(before_on__isnull=False, after_on=None) if found else None
    return [] if rows is None else sorted(rows.values_list("person", flat=True))


def facts(event) -> tuple[dict, str]:
    found = course_of(event)
    return {"title": found.event.title}, found.get_absolute_url()


told = teller(facts)
VERBS = frozenset({"pilots.course_assessed_after", "pilots.course_left", "privacy.erased"})
EVENT = _("the second self-assessment is in and is higher on average than the first")
WITHOUT = _("A course teaches people, at whatever stage their policies are.")
CONFIRMED = _(
    "nobody: both self-assessments are the participant's own, and the holder of the course sees that they are in"
)
EVENTS = {
    "course_prepared": _("A course was prepared"),
    "course_changed": _("A course was changed"),
    "course_opened": _("A course was opened"),
    "course_taught": _("A course was held, and the second self-assessment is asked for"),
    "course_closed": _("A course was closed"),
    "course_joined": _("Somebody takes part in a course"),
    "course_left": _("Somebody left a course"),
    "course_assessed_before": _("A first self-assessment was given in a course"),
    "course_assessed_after": _("A second self-assessment was given in a course"),
    "course_assessment_missing": _("Participants of a course were reminded of the second self-assessment"),
}
training = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Course"),
        title=lambda course: course.event.title,
        address=lambda course: course.get_absolute_url(),
        visible=selectors.courses,
        route="pilots:course",
    ),
    Thing(
        label=selectors.STATEMENT,
        name=_("Statement of a self-assessment"),
        title=lambda statement: statement.text,
        address=lambda statement: statement.course.get_absolute_url(),
        visible=selectors.statements,
    ),
    of_fields(selectors.STATEMENT, selectors.statements, order=25),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in EVENTS.items()),
    NoticeKind(
        code="pilots.course_taught",
        name=_("A course asks for your second self-assessment"),
        verb="pilots.course_taught",
        recipients=to_say_again,
        content=told(
            _("After the course: %(title)s"), _("Please say once more where you stand, in two minutes: %(title)s")
        ),
    ),
    NoticeKind(
        code="pilots.course_assessment_missing",
        name=_("Your second self-assessment is missing"),
        verb="pilots.course_assessment_missing",
        recipients=lambda event: event.payload["people"],
        content=told(_("Still missing: %(title)s"), _("Your second self-assessment of “%(title)s” is missing.")),
    ),
    Sweep(code="pilots.course_reminders", perform=services.remind, minutes=60),
    IndicatorRule(
        code="pilots.trained",
        name=_("Staff trained in learning mechanisms and in running the platform"),
        once_per=_("person"),
        event=EVENT,
        confirmed_by=CONFIRMED,
        without_stage=WITHOUT,
        counted=lambda: selectors.counted(Course.Aim.STAFF, policy_makers=False),
        verbs=VERBS,
    ),
    IndicatorRule(
        code="pilots.trained_policy_makers",
        name=_("Policy makers trained in factors of competitiveness and key priorities"),
        once_per=_("person"),
        event=EVENT,
        confirmed_by=CONFIRMED,
        without_stage=WITHOUT,
        counted=lambda: selectors.counted(Course.Aim.FACTORS, policy_makers=True),
        verbs=VERBS,
    ),
    IndicatorRule(
        code="pilots.trained_reflective",
        name=_("Policy makers trained in reflective policy making"),
        once_per=_("person"),
        event=EVENT,
        confirmed_by=CONFIRMED,
        without_stage=WITHOUT,
        counted=lambda: selectors.counted(Course.Aim.REFLECTIVE, policy_makers=True),
        verbs=VERBS,
    ),
    MenuEntry(place="footer", name=_("Training"), route="pilots:training", order=46),
    MenuEntry(place="desk", name=_("Training"), route="pilots:training_desk", order=39, right="pilots.hold_course"),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who prepared a course"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.rating",
        fields=("statement", "is_after", "value"),
        holder="participant__person",
        purpose=_("To see whether a course brought something; shown to you alone"),
        erasure="delete",
    ),
    PersonalData(
        label="pilots.participant",
        fields=("person", "organisation", "says_policy_maker", "before_on", "after_on", "is_higher"),
        holder="person",
        purpose=_("To know who took part in a course, and to count the people trained"),
        erasure="delete",
    ),
    Demonstration(order=71, load=demonstration.load),
]
