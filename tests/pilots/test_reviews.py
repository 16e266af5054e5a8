"""Peer reviews: applied for, decided, staffed from other countries, written, published and followed up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from benchmarking.models import PeerRow
from pilots.demonstration import reviews as demonstration
from pilots.models import FollowUp, PeerReview, Recommendation
from pilots.selectors import reviews as selectors
from pilots.services import review_results as results, reviews as services
from platform_core.exchange.cases import services as cases
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import later
from platform_core.identity.access import services as access
from platform_core.materials.languages.texts import translatable
from platform_core.materials.trails import selectors as trails, services as drawing
from platform_core.people.members import services as members
from platform_core.programme.search.models import SearchEntry
from tests.factories.changes import confirmed
from tests.factories.policies import study_of_peers
from tests.factories.repository import record
from tests.factories.reviews import (
    AGENDA,
    applied,
    begun,
    case_about,
    eligible,
    joined,
    peer,
    planned,
    published,
    recommended,
    written,
)
from tests.people import add_organisation
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seen(review: PeerReview, *people) -> list[int]:
    return [selectors.reviews(person).filter(pk=review.pk).count() for person in people]


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("marko", True), ("ana", True), ("petra", False), ("carl", False)]
)
def test_members_apply(people, name, may):
    if may:
        begun(people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            begun(people.named(name))

    assert PeerReview.objects.count() == may


def test_the_region_is_one_of_the_hosts_country(people):
    with pytest.raises(ValidationError, match="country of the host"):
        begun(people.marko, region=vocabulary.region("HU32"))


def test_the_same_form_sent_twice_makes_one(people):
    assert begun(people.marko, key="one") == begun(people.marko, key="one")


def test_who_sees_it_at_each_stage(people):
    draft = begun(people.marko)
    early = seen(draft, people.marko, people.wanda, people.ana, people.guest)
    services.apply(draft, by=people.marko)
    sent = seen(draft, people.marko, people.wanda, people.ana, people.guest)
    done = published(people, title="Done")

    assert (early, sent) == ([1, 0, 0, 0], [1, 1, 0, 0])
    assert seen(done, people.ana, people.guest) == [1, 1]


@pytest.mark.parametrize("name", ["marko", "ana", "carl"])
def test_only_leaders_decide(people, name):
    made = applied(people.marko)

    with pytest.raises(PermissionDenied):
        services.accept(made, by=people.named(name))


def test_nobody_decides_for_her_own_organisation(people):
    made = applied(people.wanda)

    assert case_about(made).handler == "role:lead_partner"
    with pytest.raises(ValidationError, match="somebody else decides"):
        services.accept(made, by=people.wanda)


def test_a_refused_application_is_changed_and_sent_again(people):
    made = applied(people.marko)
    cases.answer(case_about(made), "refuse", by=people.wanda, reason="Too wide.")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("refused", "Too wide.")

    services.change(made, by=people.marko, question={"en": "Which field of rehabilitation?"})
    services.apply(made, by=people.marko)
    settle()
    cases.withdraw(case_about(made), by=people.marko)

    made.refresh_from_db()
    assert (made.state, str(made.question)) == ("draft", "Which field of rehabilitation?")


def test_candidates_are_members_of_other_countries_the_most_alike_first(people):
    made = eligible(people)
    peer("anna", "AT"), peer("oldo", "SK", tier="")
    peer("zora", "SI", region="SI04"), peer("hugo", "HU", region="HU32"), peer("bela", "BG")
    study_of_peers("AT12", ["HU32", "SI04"])

    rows = selectors.candidates(people.wanda, made)

    assert [(row.organisation.code, row.place, row.why) for row in rows] == [
        ("org-hugo", 1, "alike"),
        ("org-zora", 2, "alike"),
        ("org-bela", None, "expertise"),
    ]


def test_only_candidates_are_invited_and_each_once(people):
    made = eligible(people)
    zora, anna = peer("zora", "SI"), peer("anna", "AT")
    with pytest.raises(ValidationError):
        services.invite(made, anna, "expertise", by=people.wanda)

    once = services.invite(made, zora, "expertise", by=people.wanda)

    assert services.invite(made, zora, "alike", by=people.wanda) == once
    assert seen(made, zora, anna) == [1, 0]


def test_who_declines_sees_it_no_more(people):
    made = eligible(people)
    zora = peer("zora", "SI")

    joined(people, made, zora, "decline")

    assert seen(made, zora) == [0]


def test_days_are_fixed_once_two_other_countries_take_part(people):
    made = eligible(people)
    for name, country in (("zora", "SI"), ("mila", "SI")):
        joined(people, made, peer(name, country))
    with pytest.raises(ValidationError, match="two other countries"):
        services.plan(made, date(2027, 1, 12), "Here", AGENDA, "en", by=people.wanda)
    joined(people, made, peer("hugo", "HU"))
    with pytest.raises(ValidationError, match="both days"):
        services.plan(made, date(2027, 1, 12), "Here", [AGENDA[0], []], "en", by=people.wanda)

    services.plan(made, date(2027, 1, 12), "Here", AGENDA, "en", by=people.wanda)
    settle()

    assert PeerReview.objects.get().state == "planned"
    told = Notice.objects.filter(kind="pilots.review_planned").values_list("recipient__name", flat=True)
    assert sorted(set(told)) == ["Hugo", "Marko", "Mila", "Zora"]


@pytest.mark.parametrize(("name", "may"), [("marko", True), ("wanda", False), ("ana", False), ("carl", False)])
def test_host_and_peers_write(people, name, may):
    made = planned(people)
    zora = made.peers.get(person__name="Zora").person
    results.find(made, {"en": "By a peer."}, by=zora)
    if may:
        results.find(made, {"en": "By the host."}, by=people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            results.find(made, {"en": "By a stranger."}, by=people.named(name))

    assert made.findings.count() == 1 + may


def test_a_recommendation_has_an_owner_and_a_day_to_come(people):
    made = planned(people)
    with pytest.raises(ValidationError):
        recommended(made, people.marko, days=0)

    once = recommended(made, people.marko, key="one")

    assert recommended(made, people.marko, key="one") == once
    assert (once.state, once.is_late) == ("open", False)
    results.remove(once, by=people.marko)
    assert made.recommendations.count() == 0


def test_an_empty_report_is_not_published_and_neither_is_one_of_the_future(people):
    made = planned(people)
    with pytest.raises(ValidationError, match="in short"):
        services.publish(made, by=people.wanda)
    results.summarise(made, {"en": "One field."}, by=people.marko)
    with pytest.raises(ValidationError, match="one finding"):
        services.publish(made, by=people.wanda)
    PeerReview.objects.update(first_day=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError, match="not taken place"):
        services.publish(made, by=people.wanda)


def test_what_is_published_stands_with_its_file_and_is_found_and_counted(people):
    made = published(people)

    (rule,) = [one for one in declared(IndicatorRule) if one.code == "pilots.reviews_published"]
    assert [(row.pk, row.key, row.country, row.stage) for row in rule.counted()] == [
        (made.pk, f"peerreview:{made.pk}", "AT", "monitoring_evaluation")
    ]
    assert SearchEntry.objects.filter(thing=selectors.LABEL).count() == 1
    with made.reports.get(language="en").file.content.open() as file:
        assert file.read(5) == b"%PDF-"
    with pytest.raises(PermissionDenied):
        results.find(made, {"en": "Too late."}, by=people.marko)


def test_the_host_tells_how_far_a_recommendation_is(people):
    made = published(people)
    row = made.recommendations.get()
    with pytest.raises(PermissionDenied):
        results.update(row, "done", {}, by=people.ana)
    with pytest.raises(ValidationError, match="not followed"):
        results.update(row, "dropped", {}, by=people.marko)
    Recommendation.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    late = Recommendation.objects.get().is_late

    results.update(row, "done", {"en": "Named in spring."}, by=people.marko)

    row.refresh_from_db()
    assert (late, row.state, row.is_late, str(row.progress)) == (True, "done", False, "Named in spring.")


def test_after_six_and_twelve_months_the_host_is_asked_once_each(people):
    made = published(people)
    assert [(row.months, row.due_on) for row in made.follow_ups.all()] == [
        (months, later(made.published_on, months)) for months in (6, 12)
    ]
    early = made.follow_ups.get(months=12)
    with pytest.raises(ValidationError, match="not due"):
        results.follow_up(early, {"en": "Already."}, by=people.marko)
    FollowUp.objects.filter(months=6).update(due_on=timezone.localdate())

    assert [results.remind(), results.remind()] == [1, 0]
    settle()
    told = Notice.objects.filter(kind="pilots.follow_up_due").values_list("recipient__name", flat=True)
    assert set(told) == {"Marko"}

    results.follow_up(made.follow_ups.get(months=6), {"en": "Half of it is done."}, by=people.marko)
    assert str(made.follow_ups.get(months=6).text) == "Half of it is done."


def test_a_change_of_policy_was_learned_from_a_review(people):
    made = published(people)
    confirmed(people.marko, learned=[made])

    assert [(row.words, str(row.title)) for row in trails.around(people.guest, made)] == [
        ("contributed to the policy change", "Vouchers for clusters")
    ]


def test_the_demonstration_is_labelled_and_loaded_once(people):
    for code, country, person in (("tiszaliget", "HU", people.ana), ("lead", "IT", people.lena)):
        members.affiliate(person, add_organisation(code, country=country, tier="full"), is_contact=True)
        person.__dict__.pop("_audience_keys", None)

    assert [demonstration.load(), demonstration.load()] == ["2 peer reviews", ""]
    assert [row.is_demonstration for row in selectors.published(people.guest)] == [True, True]


def test_the_peers_say_what_they_looked_at_and_it_leads_back(people):
    looked_at = record("Vouchers")
    made = written(people)

    drawing.draw(selectors.ABOUT, made, looked_at, by=people.marko)

    services.publish(made, by=people.wanda)
    found = [(str(one.words), one.address) for one in trails.around(people.guest, looked_at)]
    assert found == [("was looked at in the peer review", made.get_absolute_url())]
    with pytest.raises(PermissionDenied):
        drawing.draw(selectors.ABOUT, made, record("Another", code="another"), by=people.ana)


def test_a_review_is_called_off_with_reasons(people):
    made = eligible(people)
    zora = peer("zora", "SI")
    services.invite(made, zora, "expertise", by=people.wanda)
    settle()

    services.call_off(made, by=people.wanda, reason="The host was dissolved.")
    settle()

    made.refresh_from_db()
    told = Notice.objects.filter(kind="pilots.review_called_off").values_list("recipient__name", flat=True)
    assert (made.state, made.reason) == ("called_off", "The host was dissolved.")
    assert case_about(made.peers.get()).state == "withdrawn"
    assert {*told} == {"Marko", "Wanda", "Zora"}
    assert seen(made, people.marko, zora, people.guest) == [1, 1, 0]


def test_what_is_called_off_is_listed_last(people):
    over = eligible(people)
    services.call_off(over, by=people.marko, reason="No time.")
    other = begun(people.marko, title="Another")
    later = eligible(people, title="Third")
    services.call_off(later, by=people.marko, reason="No time.")

    assert list(selectors.under_way(people.marko)) == [other, later, over]


def test_a_review_is_called_off_only_with_reasons_and_before_its_report(people):
    made, done = eligible(people), published(people, title="Done")

    with pytest.raises(ValidationError, match="reasons"):
        services.call_off(made, by=people.wanda, reason=" ")
    with pytest.raises(PermissionDenied):
        services.call_off(done, by=people.wanda, reason="Late.")
    with pytest.raises(PermissionDenied):
        services.call_off(made, by=people.ana, reason="I do not like it.")


def test_only_a_draft_that_was_never_sent_is_deleted(people):
    draft, sent = begun(people.marko), applied(people.marko, title="Sent")
    cases.withdraw(case_about(sent), by=people.marko)

    with pytest.raises(PermissionDenied):
        services.delete(draft, by=people.ana)
    services.delete(draft, by=people.marko)
    with pytest.raises(ValidationError, match="not deleted"):
        services.delete(sent, by=people.marko)

    assert list(PeerReview.objects.all()) == [sent]


def test_what_it_found_comes_to_the_translators_desk(people):
    made = published(people)
    access.give_role(people.ana, "translator")

    seen = {
        label: [row.pk for row in translatable(label).things(people.ana)]
        for label in ("pilots.finding", "pilots.recommendation")
    }

    assert seen == {
        "pilots.finding": [row.pk for row in made.findings.all()],
        "pilots.recommendation": [row.pk for row in made.recommendations.all()],
    }


def test_somebody_different_is_found_on_purpose(people):
    made = eligible(people)
    peer("zora", "SI", region="SI04"), peer("hugo", "HU", region="HU32"), peer("bela", "BG", region="BG41")
    study_of_peers("AT12", ["HU32"])
    row = PeerRow.objects.get()
    far = (("SI04", 2.5), ("HU32", 0.4), ("BG41", 1.5))
    row.peers["cells"] = {code: {"euclidean": distance, "shared": 1} for code, distance in far}
    row.save()

    found = selectors.candidates(people.wanda, made, seek="different")
    slovenes = selectors.candidates(people.wanda, made, country="SI")

    assert [(one.organisation.code, one.why) for one in found] == [
        ("org-zora", "different"),
        ("org-bela", "different"),
        ("org-hugo", "alike"),
    ]
    assert [one.organisation.code for one in slovenes] == ["org-zora"]
