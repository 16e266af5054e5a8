"""Evidence with a file: it counts once the lead partner has approved it, and nobody types in a number."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.programme.monitoring.models import Evidence, ManualEvidence
from platform_core.programme.monitoring.services import handing_in as services
from tests.factories.indicators import handed_in, indicator, upload
from tests.people import browser_of, hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database


def form(**fields) -> dict:
    told = {"title": "Recommendations", "text": "Agreed.", "day": timezone.localdate().isoformat(), "file": upload()}
    return told | fields


def test_from_the_form_to_the_list(people):
    page = browser_of(people.ana).post("/en/programme/indicators/o04/hand-in/", form(topic="4"))
    made = ManualEvidence.objects.get()
    assert (page.status_code, page["Location"], made.organisation.code) == (302, made.get_absolute_url(), "org-ana")
    settle()
    assert indicator().evidence.count() == 0

    lead = browser_of(people.lena)
    assert [one.pk for one in lead.get("/en/desk/programme/").context["waiting"]] == [made.pk]
    lead.post(f"/en/programme/evidence/{made.pk}/decide/", {"answer": "approve"})
    settle()

    row = indicator().evidence.get()
    assert (row.thing, row.object_id, row.topics, row.countries) == (
        "monitoring.manualevidence",
        made.pk,
        "|4|",
        "|AT|",
    )
    listed = browser_of(people.guest).get("/en/programme/indicators/o04/").context["entries"]
    assert [entry["title"] for entry in listed] == ["Recommendations"]
    assert set(Notice.objects.values_list("recipient__email", "kind")) >= {
        ("lena@example.org", "monitoring.evidence_handed_in"),
        ("ana@example.org", "monitoring.evidence_approved"),
    }


@pytest.mark.parametrize("wrong", [{"file": ""}, {"day": "2100-01-01"}, {"day": "soon"}, {"title": ""}, {"topic": "9"}])
def test_what_is_wrong_is_told_and_what_was_typed_stays(people, wrong):
    page = browser_of(people.ana).post("/en/programme/indicators/o04/hand-in/", form(**wrong))

    assert (page.status_code, ManualEvidence.objects.count()) == (400, 0)
    assert "Agreed." in page.content.decode()


def test_a_double_click_hands_in_once(people):
    browser = browser_of(people.ana)
    for _click in range(2):
        browser.post("/en/programme/indicators/o04/hand-in/", form(key="one-click"))

    assert ManualEvidence.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("ana", 200), ("petra", 403), ("carl", 403), ("guest", 302)])
def test_members_hand_in(people, name, status):
    assert browser_of(people.named(name)).get("/en/programme/indicators/o04/hand-in/").status_code == status


def test_only_who_sets_targets_hands_in_for_others(people):
    other = people.marko.affiliations.get().organisation

    assert handed_in(people.lena, organisation=other).organisation == other
    with pytest.raises(PermissionDenied):
        handed_in(people.ana, organisation=other)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("lena", 200, 200), ("ana", 200, 200), ("marko", 404, 200), ("petra", 404, 200), ("guest", 404, 200)],
)
def test_who_sees_it_before_and_after(people, name, before, after):
    made, browser = handed_in(people.ana), browser_of(people.named(name))
    seen = browser.get(made.get_absolute_url()).status_code
    services.approve(made, by=people.lena)

    assert (seen, browser.get(made.get_absolute_url()).status_code) == (before, after)


@pytest.mark.parametrize(("name", "status"), [("lena", 200), ("marko", 200), ("petra", 403), ("guest", 302)])
def test_members_read_the_file(people, name, status):
    made = handed_in(people.ana)
    services.approve(made, by=people.lena)

    page = browser_of(people.named(name)).get(f"/en/programme/evidence/{made.pk}/proof.txt")

    assert (page.status_code, b"".join(page) == b"Minutes of the meeting.") == (status, status == 200)


@pytest.mark.parametrize("name", ["ana", "marko", "wanda", "petra", "carl"])
def test_nobody_else_decides(people, name):
    made = handed_in(people.ana)

    with pytest.raises(PermissionDenied):
        services.approve(made, by=people.named(name))


def test_who_leads_without_a_full_member_does_not_decide(people):
    hold_anyway(people.ana, "lead_partner")

    with pytest.raises(PermissionDenied):
        services.approve(handed_in(people.marko), by=people.ana)


def test_a_refusal_says_why(people):
    made = handed_in(people.ana)
    page = browser_of(people.lena).post(f"/en/programme/evidence/{made.pk}/decide/", {"answer": "decline"})
    assert page.status_code == 400
    with pytest.raises(ValidationError):
        services.decline(made, by=people.lena, reason="  ")

    services.decline(made, by=people.lena, reason="It is a draft.")

    made.refresh_from_db()
    assert (made.state, made.reason) == ("declined", "It is a draft.")


def test_what_is_decided_stays_decided(people):
    made = handed_in(people.ana)
    services.approve(made, by=people.lena)

    with pytest.raises(PermissionDenied):
        services.decline(made, by=people.lena, reason="Too late.")
    with pytest.raises(PermissionDenied):
        services.take_back(made, by=people.ana)
    answer = browser_of(people.lena).post(
        f"/en/programme/evidence/{made.pk}/decide/", {"answer": "decline", "reason": "x"}
    )
    assert answer.status_code == 302
    assert ManualEvidence.objects.get().state == "approved"


def test_it_is_taken_back_by_its_proposer_alone(people):
    made = handed_in(people.ana)
    with pytest.raises(PermissionDenied):
        services.take_back(made, by=people.lena)

    browser_of(people.ana).post(f"/en/programme/evidence/{made.pk}/take-back/")

    assert ManualEvidence.objects.get().state == "withdrawn"
    assert Evidence.objects.filter(thing=made._meta.label_lower).count() == 0


def test_nobody_decides_on_what_she_handed_in_herself(people):
    made = handed_in(people.lena)

    with pytest.raises(ValidationError, match="You handed this in"):
        services.approve(made, by=people.lena)


def test_what_was_approved_can_be_withdrawn_with_reasons(people):
    made = handed_in(people.ana)
    services.approve(made, by=people.lena)
    settle()
    lead, address = browser_of(people.lena), f"/en/programme/evidence/{made.pk}/withdraw/"
    bare = lead.post(address, {"reason": " "})
    lead.post(address, {"reason": "It was counted elsewhere."})
    lead.post(address, {"reason": "Again."})
    settle()

    made.refresh_from_db()
    assert (bare.status_code, made.state, made.reason) == (400, "withdrawn", "It was counted elsewhere.")
    assert indicator().evidence.count() == 0
    assert [browser_of(one).get(made.get_absolute_url()).status_code for one in (people.ana, people.guest)] == [
        200,
        404,
    ]
    told = Notice.objects.filter(kind="monitoring.evidence_withdrawn")
    assert set(told.values_list("recipient__email", flat=True)) == {"ana@example.org"}
