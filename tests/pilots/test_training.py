"""Courses: prepared, joined, assessed before and after; who counts as trained, and what others see."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Course, Participant, Rating
from pilots.selectors import training as selectors
from pilots.services import training as services
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.people.members.models import Organisation
from platform_core.people.privacy import services as privacy
from platform_core.programme.events.models import CalendarEvent
from tests.factories.events import event
from tests.factories.training import STATEMENTS, course, crowd, joined, opened, said, taught
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def counted(code: str) -> list:
    return list(next(rule for rule in declared(IndicatorRule) if rule.code == code).counted())


def seen(people, found) -> list[str]:
    return [name for name, person in people.each() if selectors.courses(person).filter(pk=found.pk).exists()]


@pytest.mark.parametrize(("name", "may"), [("lena", True), ("wanda", True), ("marko", False), ("carl", False)])
def test_who_holds_courses(people, name, may):
    if may:
        course(people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            course(people.named(name))

    assert Course.objects.count() == may


def test_a_leader_holds_those_of_her_topic(people):
    with pytest.raises(PermissionDenied):
        course(people.wanda, "Elsewhere", topic=3)
    found = course(people.wanda)

    with pytest.raises(PermissionDenied):
        services.change(found, by=people.wanda, aim="staff", topic=None, statements=STATEMENTS, language="en")


def test_it_is_shown_to_whoever_sees_its_event_once_it_is_open(people):
    found = course(people.wanda)
    before = seen(people, found)
    services.go_on(found, "open", by=people.wanda)

    assert (before, len(seen(people, found))) == (["lena", "wanda"], 7)


def test_an_event_is_one_course(people):
    found = course(people.wanda)
    again = {"aim": "staff", "statements": STATEMENTS, "language": "en"}

    assert services.prepare(found.event, by=people.wanda, topic_id=4, **again) == found
    with pytest.raises(ValidationError, match="a course already"):
        services.prepare(found.event, by=people.lena, **again)


@pytest.mark.parametrize("statements", [["One"], [str(number) for number in range(13)]])
def test_two_to_twelve_statements(people, statements):
    with pytest.raises(ValidationError, match="statements"):
        services.prepare(event(), by=people.lena, aim="staff", statements=statements, language="en")


def test_statements_stay_once_it_is_open(people):
    found = opened(people.wanda)

    with pytest.raises(ValidationError, match="cannot be changed"):
        services.change(found, by=people.wanda, aim="factors", topic=found.topic, statements=STATEMENTS, language="en")


def test_a_changed_statement_keeps_its_place_and_its_other_languages(people):
    found = course(people.wanda)
    first = found.statements.first()
    first.text = first.text.with_text("de", "Ich kenne meinen Cluster.")
    first.save()

    services.change(found, by=people.wanda, aim="factors", topic=found.topic, statements=["New", "Old"], language="en")

    assert [(one.text["en"], one.text.get("de")) for one in found.statements.all()] == [
        ("New", "Ich kenne meinen Cluster."),
        ("Old", None),
    ]


def test_it_goes_on_step_by_step(people):
    found = course(people.wanda)
    for step in ("after", "closed", "prepared"):
        with pytest.raises(ValidationError, match="stands elsewhere"):
            services.go_on(found, step, by=people.wanda)
    services.go_on(found, "open", by=people.wanda)

    with pytest.raises(ValidationError, match="has not begun"):
        services.go_on(found, "after", by=people.wanda)


def test_who_rates_herself_higher_counts_once(people):
    first, second = opened(people.wanda), opened(people.wanda, "Priorities again")
    (lena, marko, petra), (again,) = joined(first, people.lena, people.marko, people.petra), joined(second, people.lena)
    taught(first, people.wanda), taught(second, people.wanda)
    said(lena, 3, 3), said(marko, 2, 2), said(petra, 1, 5), said(again, 5, 5)

    rows = counted("pilots.trained_policy_makers")

    assert [(row.pk, row.key, row.country, row.topic, row.is_self_declared) for row in rows] == [
        (first.pk, f"person:{people.lena.pk}", "AT", 4, False),
        (first.pk, f"person:{people.petra.pk}", "AT", 4, False),
    ]
    assert [(row.person, row.is_anonymous) for row in rows] == [(None, True), (None, True)]
    assert (counted("pilots.trained"), counted("pilots.trained_reflective")) == ([], [])


def test_who_only_says_that_she_makes_policy_is_marked_and_others_do_not_count(people):
    Organisation.objects.filter(code__in=["org-ana", "org-marko"]).update(kind="enterprise")
    found = opened(people.wanda)
    ana = services.join(found, by=people.ana, says_policy_maker=True)
    parts = [said(part, 2, 2) for part in (ana, services.join(found, by=people.marko))]
    taught(found, people.wanda)
    for part in parts:
        said(part, 4, 4)

    assert [(row.key, row.is_self_declared) for row in counted("pilots.trained_policy_makers")] == [
        (f"person:{people.ana.pk}", True)
    ]


def test_staff_of_partners_count_whatever_they_are(people):
    Organisation.objects.filter(code="org-ana").update(kind="enterprise")
    found = opened(people.wanda, aim="staff")
    (part,) = joined(found, people.ana)
    taught(found, people.wanda)
    said(part, 3, 3)

    assert [(row.key, row.organisation, row.is_self_declared) for row in counted("pilots.trained")] == [
        (f"person:{people.ana.pk}", part.organisation_id, False)
    ]


def test_without_a_first_there_is_no_second_and_each_is_whole(people):
    found = opened(people.wanda)
    late, part = services.join(found, by=people.carl), services.join(found, by=people.marko)
    with pytest.raises(ValidationError, match="every statement"):
        services.assess(part, {}, by=people.marko)
    with pytest.raises(ValidationError):
        said(part, 9, 1)
    said(part, 2, 2), said(part, 3, 3)
    taught(found, people.wanda)
    said(part, 4, 4)

    for wrong in (late, part):
        with pytest.raises(ValidationError, match="given once"):
            said(wrong, 5, 5)
    assert sorted(part.ratings.values_list("is_after", "value")) == [(False, 3), (False, 3), (True, 4), (True, 4)]


def test_nobody_speaks_for_somebody_else(people):
    found = opened(people.wanda)
    (part,) = joined(found, people.marko)

    with pytest.raises(ValidationError):
        services.assess(part, dict.fromkeys(found.statements.values_list("pk", flat=True), 5), by=people.lena)
    with pytest.raises(ValidationError):
        services.leave(part, by=people.lena)


def test_nobody_joins_what_is_not_open(people):
    found = taught(opened(people.wanda), people.wanda)

    with pytest.raises(ValidationError, match="Nobody can join"):
        services.join(found, by=people.marko)


@pytest.mark.parametrize(("number", "told"), [(4, (0, True, 0)), (5, (5, False, 2))])
def test_figures_tell_of_five_people_and_more(people, number, told):
    found = opened(people.wanda)
    parts = joined(found, *crowd(number))
    taught(found, people.wanda)
    for part in parts:
        said(part, 3, 4)

    closed = services.go_on(found, "closed", by=people.wanda)

    assert (closed.figures["people"], closed.figures["is_few"], len(closed.figures["lines"])) == told
    assert [(line.before, line.after, line.change) for line in selectors.lines(closed)] == [(2, 3, 1), (2, 4, 2)][
        : told[2]
    ]


def test_how_many_are_higher_is_not_told_where_it_tells_of_few(people):
    found = opened(people.wanda)
    parts = joined(found, *crowd(6))
    taught(found, people.wanda)
    for part in parts[:5]:
        said(part, 3, 4)
    said(parts[5], 1, 1)

    assert selectors.figures(found)["higher"] is None


def test_who_is_erased_goes_with_what_she_said_and_kept_figures_stay(people):
    found = opened(people.wanda)
    parts = joined(found, *crowd(5))
    taught(found, people.wanda)
    for part in parts:
        said(part, 3, 4)
    figures = services.go_on(found, "closed", by=people.wanda).figures

    privacy.erase(parts[0].person)

    assert (Participant.objects.count(), Rating.objects.count()) == (4, 16)
    assert (Course.objects.get().figures, len(counted("pilots.trained_policy_makers"))) == (figures, 4)


def test_participants_are_asked_again_and_reminded_once(people):
    found = opened(people.wanda)
    joined(found, people.marko)
    taught(found, people.wanda)
    told = set(Notice.objects.filter(kind="pilots.course_taught").values_list("recipient", flat=True))
    assert (services.remind(), told) == (0, {people.marko.pk})
    long_ago = timezone.now() - services.LATE * 2
    CalendarEvent.objects.update(starts=long_ago, ends=long_ago)

    assert (services.remind(), services.remind()) == (1, 0)
    settle()
    assert set(Notice.objects.filter(kind="pilots.course_assessment_missing").values_list("recipient", flat=True)) == {
        people.marko.pk
    }


def test_what_she_could_before_is_said_before_it_begins(people):
    found = opened(people.wanda)
    (part,) = joined(found, people.marko)
    CalendarEvent.objects.filter(pk=found.event_id).update(starts=timezone.now() - timezone.timedelta(hours=1))
    part = Participant.objects.get(pk=part.pk)

    with pytest.raises(ValidationError, match="before it begins"):
        said(part, 1, 1)
