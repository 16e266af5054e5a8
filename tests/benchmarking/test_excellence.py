"""Self-assessments: kept confidential, verified by two without an interest, labels with dates."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from benchmarking.models import Label, SelfAssessment
from benchmarking.selectors import excellence as selectors, excellence_groups as groups
from benchmarking.services import excellence as services
from benchmarking.services.excellence_groups import renew
from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.messaging.models import Notice
from platform_core.people.members.models import Affiliation
from platform_core.programme.network.models import Tie
from tests.factories.assessments import add_experts
from tests.factories.policies import answers, cluster, manager, submitted, verified
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def verifiers(people):
    return add_experts()


@pytest.fixture
def mara(people):
    return manager(cluster())


def own(person):
    return Affiliation.objects.get(person=person).organisation


def told(person) -> list[str]:
    rows = Notice.objects.filter(recipient=person, channel="site").order_by("pk")
    return list(rows.values_list("subject", flat=True))


def test_the_set_has_31_indicators_each_with_its_recommendation():
    found = selectors.set_in_force()

    criteria = found.criteria.all()
    assert [len(rows) for _part, rows in assessment.criteria_by_part(found)] == [6, 7, 5, 6, 4, 3]
    assert all(one.advice and one.threshold for one in criteria)
    assert [(rule.code, rule.share) for rule in selectors.rules(found)] == [("excellent", 80), ("improving", 55)]


def test_only_the_organisation_itself_sees_what_it_fills_in(people, mara):
    made = services.begin(own(mara), by=mara)
    services.keep(made, answers(made), by=mara)

    seen = [name for name, person in people.each() if selectors.self_assessments(person).exists()]
    assert (seen, selectors.self_assessments(mara).get()) == ([], made)
    with pytest.raises(PermissionDenied):
        services.keep(made, answers(made), by=people.lena)


def test_others_are_not_assessed(people, mara):
    with pytest.raises(PermissionDenied):
        services.begin(own(mara), by=people.marko)
    with pytest.raises(ValidationError, match="Only cluster organisations"):
        services.begin(own(people.marko), by=people.marko)


def test_beginning_twice_goes_on_with_the_first(mara):
    assert services.begin(own(mara), by=mara) == services.begin(own(mara), by=mara)


def test_what_is_submitted_is_complete_and_by_who_looks_after_the_organisation(people, mara):
    colleague = manager(own(mara), "colleague", is_admin=False)
    made = services.begin(own(mara), by=mara)
    with pytest.raises(PermissionDenied):
        services.submit(made, answers(made), by=colleague)
    gap = dict(list(answers(made).items())[:30])
    with pytest.raises(ValidationError, match="choose a level"):
        services.submit(made, gap, by=mara)
    with pytest.raises(ValidationError, match="what shows it"):
        services.submit(made, dict.fromkeys(answers(made), (2, " ", "")), by=mara)

    services.submit(made, answers(made), by=mara)
    settle()

    assert [name for name, person in people.each() if selectors.self_assessments(person).exists()] == ["lena"]
    assert told(people.lena)[-1] == "To be verified: Organisation woodland"


def test_verifiers_are_close_to_nobody(people, mara, verifiers):
    partner, rival = cluster("partner"), cluster("rival", "AT31")
    found = own(mara)
    found.region = rival.region
    found.save()
    Tie.objects.create(one=found, other=partner, kind="project", what="Wood", begins=2024, state="confirmed")
    made = submitted(mara, found)
    for person, organisation in zip(verifiers, (partner, rival), strict=True):
        Affiliation.objects.create(person=person, organisation=organisation, begins=timezone.localdate())

    assert list(assessment.eligible(assessment.kind_named(selectors.KIND), made)) == []


def test_two_verify_and_a_label_is_given(people, mara, verifiers):
    made = verified(people, verifiers, submitted(mara, own(mara)))

    label = Label.objects.get()
    assert (made.met, made.judged, label.rule.code, label.ends) == (
        31,
        31,
        "excellent",
        services.later(label.begins, 24),
    )
    assert told(mara) == [
        "Verified: Organisation woodland",
        "Excellent cluster management: Organisation woodland",
    ]


@pytest.mark.parametrize(("value", "rule", "unmet"), [(2, "", 15), (3, "excellent", 0), (1, "", 31)])
def test_thresholds_say_what_is_met_and_each_unmet_has_a_recommendation(people, mara, verifiers, value, rule, unmet):
    outcome = "label" if rule else "none"
    made = verified(people, verifiers, submitted(mara, own(mara)), value, outcome)

    found = selectors.self_assessment_for(mara, made.pk)
    advice = [one.advice for one in selectors.unmet(found)]
    assert (len(advice), all(advice)) == (unmet, True)
    assert list(Label.objects.values_list("rule__code", flat=True)) == ([rule] if rule else [])


def test_a_label_is_confidential_until_its_organisation_publishes_it(people, mara, verifiers):
    verified(people, verifiers, submitted(mara, own(mara)))
    label = Label.objects.get()
    assert list(selectors.published_labels(people.guest)) == []
    with pytest.raises(PermissionDenied):
        services.publish_label(label, True, by=people.lena)

    services.publish_label(label, True, by=mara)

    assert list(selectors.published_labels(people.guest)) == [label]


def test_labels_end_on_their_day_after_a_warning(people, mara, verifiers):
    verified(people, verifiers, submitted(mara, own(mara)))
    today = timezone.localdate()
    Label.objects.update(ends=today, is_published=True)

    assert [services.look_after_dates() for _twice in range(2)] == [1, 0]
    Label.objects.update(ends=today - timedelta(days=1))
    assert [services.look_after_dates() for _twice in range(2)] == [1, 0]
    settle()

    assert (Label.objects.get().state, list(selectors.published_labels(people.guest))) == ("expired", [])
    assert told(mara)[-1] == "Expired: the label of Organisation woodland"


def test_a_renewal_begins_with_the_last_answers_and_ends_the_old_label(people, mara, verifiers):
    first = verified(people, verifiers, submitted(mara, own(mara)))
    again = services.begin(own(mara), by=mara)
    assert again.scores.filter(value=3, verified=None).count() == 31
    services.submit(again, answers(again), by=mara)
    verified(people, verifiers, SelfAssessment.objects.get(pk=again.pk))

    assert list(Label.objects.order_by("pk").values_list("state", "is_published")) == [
        ("renewed", False),
        ("valid", False),
    ]
    assert list(selectors.of_organisation(mara, own(mara))) == [SelfAssessment.objects.get(pk=again.pk), first]


def test_a_label_is_revoked_with_a_reason(people, mara, verifiers):
    verified(people, verifiers, submitted(mara, own(mara)))
    with pytest.raises(ValidationError, match="reasons"):
        services.revoke_label(Label.objects.get(), " ", by=people.lena)
    with pytest.raises(PermissionDenied):
        services.revoke_label(Label.objects.get(), "No.", by=people.marko)

    services.revoke_label(Label.objects.get(), "The manual was invented.", by=people.lena)

    assert Label.objects.get().state == "revoked"


def test_below_five_organisations_nothing_is_told(people, mara, verifiers):
    made = verified(people, verifiers, submitted(mara, own(mara)))
    renew()

    told_of = groups.compared(made.grid, "", within=made.organisation_id)
    assert (told_of.field, told_of.rows, told_of.day) == (None, (), None)


def test_five_are_told_of_in_quarters(people, mara):
    grid = selectors.set_in_force()
    fields = {"grid": grid, "state": "verified", "begun_on": date(2026, 1, 1), "judged": 31}
    rows = [
        SelfAssessment.objects.create(organisation=cluster(f"c{met}"), met=met, **fields) for met in (5, 11, 17, 24, 31)
    ]

    renew()

    told_of = groups.compared(grid, "").field
    assert (told_of.number, told_of.quarters) == (5, (35, 55, 75))
    assert [groups.band(row, told_of) for row in rows] == [1, 1, 2, 3, 4]


def test_only_members_read_all_together(people):
    may = [name for name, person in people.each() if person.has_perm("benchmarking.read_management")]

    assert may == ["lena", "wanda", "marko", "ana"]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_months_later(day, months, then):
    assert services.later(day, months) == then
