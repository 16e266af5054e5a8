from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import mean

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of, require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for
from platform_core.programme.events.models import CalendarEvent

from ..models import Course, CourseStatement, Participant, Rating
from ..selectors import training as selectors

State = Course.State
LATE = timedelta(days=7)
MOST, LEAST = 12, 2
FORWARD = {State.PREPARED: State.OPEN, State.OPEN: State.AFTER, State.AFTER: State.CLOSED}


def locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("event").get(pk=course.pk)


def share(course: Course) -> None:
    """While it is prepared its holders see it, then whoever sees its event."""
    inside = {"role:lead_partner"} | ({f"role:wg_leader@{course.scope}"} if course.scope else set())
    access.set_audience(course, inside if course.state == State.PREPARED else inside | set(audience_of(course.event)))


@transaction.atomic
def prepare(
    event: CalendarEvent, *, by, aim: str, topic=None, statements: Sequence[str], language: str, **fields
) -> Course:
    """An event becomes a course. A double click finds the one that was made."""
    made = Course(event=event, aim=aim, topic=topic, made_by=by, organisation=acts_for(by.pk), **fields)
    require(by, "pilots.hold_course", made)
    wait_for_turn(by)
    if known := Course.objects.filter(event=event).first():
        if known.made_by_id == by.pk:
            return known
        raise ValidationError({"event": _("This event is a course already.")})
    made.full_clean()
    made.save()
    write(made, statements, language)
    share(made)
    audit.record("pilots.course_prepared", made, by=by)
    return made


@transaction.atomic
def change(course: Course, *, by, aim: str, topic=None, statements: Sequence[str], language: str) -> Course:
    course = locked(course)
    require(by, "pilots.hold_course", course)
    if course.state != State.PREPARED:
        raise ValidationError(_("Participants have begun to assess themselves; the statements cannot be changed."))
    course.aim, course.topic = aim, topic
    require(by, "pilots.hold_course", course)
    course.full_clean()
    course.save(update_fields=["aim", "topic"])
    write(course, statements, language)
    share(course)
    audit.record("pilots.course_changed", course, by=by)
    return course


def write(course: Course, statements: Sequence[str], language: str) -> None:
    """By their places; translations stay with a statement until the translators' desk says that they are out of date."""
    if not LEAST <= len(statements) <= MOST:
        told = {"least": LEAST, "most": MOST}
        raise ValidationError({"statements": _("Please write %(least)s to %(most)s statements, one a line.") % told})
    known = {one.place: one for one in course.statements.all()}
    for place, words in enumerate(statements, start=1):
        one = known.pop(place, None) or CourseStatement(course=course, place=place, text=as_text({"_source": language}))
        one.text = one.text.with_text(language, words)
        one.clean_fields()
        one.save()
        note_translations(one)
    for one in known.values():
        one.delete()


@transaction.atomic
def go_on(course: Course, to: str, *, by) -> Course:
    """Open it, ask for the second assessment once it has begun, close it with its figures."""
    course = locked(course)
    require(by, "pilots.hold_course", course)
    if FORWARD.get(course.state) != to:
        raise ValidationError(
            _("Meanwhile this course stands elsewhere: %(state)s.") % {"state": course.get_state_display()}
        )
    if to == State.AFTER and course.event.starts > timezone.now():
        raise ValidationError(_("The course has not begun yet."))
    course.state = State(to)
    if course.state == State.CLOSED:
        course.closed_on, course.figures = platform_day(), selectors.figures(course)
    course.save(update_fields=["state", "closed_on", "figures"])
    share(course)
    if course.state == State.OPEN:
        audit.record("pilots.course_opened", course, by=by)
    elif course.state == State.AFTER:
        audit.record("pilots.course_taught", course, by=by)
    else:
        audit.record("pilots.course_closed", course, by=by)
    return course


@transaction.atomic
def join(course: Course, *, by, says_policy_maker: bool = False) -> Participant:
    """For the organisation she acts for; a second click changes nothing but what she says of herself."""
    course = locked(course)
    require(by, "pilots.view_course", course)
    if course.state != State.OPEN:
        raise ValidationError(_("Nobody can join this course now."))
    require(by, "pilots.join_course", course)
    known = Participant.objects.filter(course=course, person=by).first()
    made = known or Participant(course=course, person=by, organisation=acts_for(by.pk))
    made.says_policy_maker = says_policy_maker
    made.save()
    if known is None:
        audit.record("pilots.course_joined", course, by=by)
    return made


@transaction.atomic
def leave(part: Participant, *, by) -> None:
    course = locked(part.course)
    if part.person_id != by.pk or course.state == State.CLOSED:
        raise ValidationError(_("This course is closed; its figures stay as they are."))
    part.delete()
    audit.record("pilots.course_left", course, by=by)


@transaction.atomic
def assess(part: Participant, said: Mapping[int, int], *, by) -> Participant:
    """All statements at once: before while the course is open, after when it was taught. Each once; before can be changed."""
    course = locked(part.course)
    found = Participant.objects.select_for_update().filter(pk=part.pk, person=by.pk).first()
    if found is None or course.state not in (State.OPEN, State.AFTER):
        raise ValidationError(_("This course takes no self-assessments now."))
    is_after = course.state == State.AFTER
    if not is_after and course.event.starts <= timezone.now():
        raise ValidationError(_("The course has begun: what you could do before it is said before it begins."))
    if is_after and (found.before_on is None or found.after_on):
        raise ValidationError(_("The second self-assessment is given once, by those who gave the first."))
    if set(said) != set(course.statements.values_list("pk", flat=True)):
        raise ValidationError(_("Please say something of every statement."))
    found.ratings.filter(is_after=is_after).delete()
    rows = [Rating(participant=found, statement_id=pk, is_after=is_after, value=value) for pk, value in said.items()]
    for row in rows:
        row.clean_fields()
    Rating.objects.bulk_create(rows)
    note_assessment(found, is_after)
    audit.record("pilots.course_assessed_after" if is_after else "pilots.course_assessed_before", course)
    return found


def note_assessment(part: Participant, is_after: bool) -> None:
    if is_after:
        values = selectors.ratings(part)
        part.after_on = platform_day()
        part.is_higher = mean(values[True].values()) > mean(values[False].values())
    else:
        part.before_on = platform_day()
    part.save(update_fields=["before_on", "after_on", "is_higher"])


@transaction.atomic
def remind() -> int:
    """Once, a week after the course."""
    rows = list(selectors.late_ones(timezone.now() - LATE).select_related("course"))
    Participant.objects.filter(pk__in=[row.pk for row in rows]).update(reminded=True)
    late: dict[int, list[int]] = {}
    courses = {}
    for row in rows:
        late.setdefault(row.course_id, []).append(row.person_id)
        courses[row.course_id] = row.course
    for pk, people in late.items():
        audit.record("pilots.course_assessment_missing", courses[pk], people=sorted(people))
    return len(rows)
