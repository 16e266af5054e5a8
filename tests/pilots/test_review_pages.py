"""A peer review over HTTP, from the application to the follow-up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.models import FollowUp, PeerReview, Recommendation
from pilots.services import review_results as results
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.changes import own
from tests.factories.reviews import begun, case_about, eligible, joined, peer, planned, published, recommended
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/en/pilots/reviews/", "/en/desk/pilots/reviews/"


def application(people, **fields) -> dict:
    given = {
        "host": own(people.marko).pk,
        "title": "Which field suits us?",
        "region": "AT12",
        "topic": 4,
        "question": "Which field of health?",
        "background": "One branch is not enough.",
    }
    return {**given, **fields}


def held_from(review: PeerReview, **fields) -> dict:
    first = timezone.localdate() - timedelta(days=2)
    given = {"first_day": first.isoformat(), "place": "Here", "one": "9:00 Welcome\n10.30 Visit", "two": "09:00 Advice"}
    return {**given, **fields}


def test_a_review_from_its_application_to_its_follow_up(people):
    marko, wanda, guest = browser_of(people.marko), browser_of(people.wanda), browser_of(people.guest)
    zora, hugo = peer("zora", "SI"), peer("hugo", "HU")
    made = marko.post(f"{DESK}new/", application(people)).url
    review = PeerReview.objects.get()
    at = f"{DESK}{review.pk}/"
    marko.post(f"{at}send/")
    settle()
    wanda.post(case_about(review).get_absolute_url() + "answer/eligible/", {"reason": "Yes."})
    assert texts(wanda.get(f"{at}peers/"), "//article/h3") == ["Organisation org-hugo", "Organisation org-zora"]
    for person in (zora, hugo):
        wanda.post(f"{at}peers/", {"person": person.pk, "why": "expertise"})
        settle()
        case = case_about(review.peers.get(person=person))
        browser_of(person).post(case.get_absolute_url() + "answer/join/", {"reason": "Gladly."})
    wanda.post(f"{at}plan/", held_from(review))
    zoras = browser_of(zora)
    zoras.post(f"{at}findings/", {"text": "Health is too wide."})
    due_on = (timezone.localdate() + timedelta(days=60)).isoformat()
    zoras.post(f"{at}recommendations/", {"text": "Name one field.", "owner": own(people.marko).pk, "due_on": due_on})
    marko.post(f"{at}summary/", {"summary": "One field is enough."})
    assert guest.get(made).status_code == 404
    wanda.post(f"{at}publish/")
    settle()

    page = guest.get(made)
    assert texts(page, "//article[starts-with(@id, 'recommendation-')]/h3") == ["Name one field."]
    assert texts(page, "//ul[@class='plain'][@lang]/li") == ["09:00 Welcome", "10:30 Visit", "09:00 Advice"]
    assert b"".join(guest.get(f"{made}report/en/").streaming_content)[:5] == b"%PDF-"
    assert texts(guest.get(PUBLIC), "//article/h2") == ["Which field suits us?"]

    row = Recommendation.objects.get()
    marko.post(f"/en/desk/pilots/recommendations/{row.pk}/", {"state": "done", "progress": "Named."})
    FollowUp.objects.filter(months=6).update(due_on=timezone.localdate())
    results.remind()
    told = FollowUp.objects.get(months=6)
    marko.post(f"/en/desk/pilots/follow-ups/{told.pk}/", {"text": "All of it is done."})
    settle()
    page = guest.get(made)
    assert b"All of it is done." in page.content
    assert "1 of 1 recommendation done" in texts(guest.get(PUBLIC), "//article//li")
    assert len(parsed(guest.get("/en/regions/AT12/")).xpath(f"//a[@href='{made}']")) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": ""}, "question"),
        ({"region": "XX99"}, "region"),
        ({"region": "HU32"}, "region"),
        ({"host": 0}, "host"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(people, fields, field):
    page = browser_of(people.marko).post(f"{DESK}new/", application(people, **fields))

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert (PeerReview.objects.count(), page.context["form"].data["background"]) == (0, "One branch is not enough.")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"one": "Welcome"}, "one"),
        ({"one": "10:00 Late\n09:00 Early"}, "one"),
        ({"two": ""}, "two"),
        ({"first_day": "soon"}, "first_day"),
    ],
)
def test_an_agenda_that_cannot_be_read_names_its_line(people, fields, field):
    review = planned(people)
    page = browser_of(people.wanda).post(f"{DESK}{review.pk}/plan/", held_from(review, **fields))

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])


def test_strangers_are_not_invited_and_nobody_is_said_to_be_there(people):
    review = eligible(people)
    page = browser_of(people.wanda).post(f"{DESK}{review.pk}/peers/", {"person": people.carl.pk, "why": "expertise"})
    gone = browser_of(people.wanda).post(f"{DESK}{review.pk}/peers/", {"person": 999999, "why": "expertise"})

    assert (page.status_code, gone.status_code, review.peers.count()) == (400, 404, 0)


@pytest.mark.parametrize("place", ["", "peers/", "plan/", "findings/", "recommendations/", "summary/"])
@pytest.mark.parametrize(("name", "status"), [("ana", 404), ("guest", 302)])
def test_strangers_find_no_form(people, place, name, status):
    review = begun(people.marko)

    assert browser_of(people.named(name)).get(f"{DESK}{review.pk}/{place}").status_code == status


def test_what_a_peer_wrote_meanwhile_is_not_overwritten_unseen(people):
    review, marko = planned(people), browser_of(people.marko)
    results.summarise(review, {"en": "First."}, by=people.marko)
    (form,) = parsed(marko.get(f"{DESK}{review.pk}/summary/")).xpath("//form[.//textarea[@name='summary']]")
    opened = dict(form.form_values())
    zora = review.peers.get(person__name="Zora").person
    results.summarise(review, {"en": "By a peer."}, by=zora)

    page = marko.post(f"{DESK}{review.pk}/summary/", {**opened, "summary": "Mine."})

    assert (page.status_code, str(PeerReview.objects.get().summary)) == (400, "By a peer.")


def test_publishing_too_early_and_twice(people):
    review, wanda = planned(people), browser_of(people.wanda)
    wanda.post(f"{DESK}{review.pk}/publish/")
    assert PeerReview.objects.get().state == "planned"
    results.summarise(review, {"en": "One field."}, by=people.marko)
    results.find(review, {"en": "Too wide."}, by=people.marko)
    recommended(review, people.marko)

    for _press in range(2):
        wanda.post(f"{DESK}{review.pk}/publish/")

    assert (PeerReview.objects.get().state, FollowUp.objects.count()) == ("published", 2)


def test_findings_and_recommendations_are_removed_before_publication(people):
    review, marko = planned(people), browser_of(people.marko)
    found, advice = results.find(review, {"en": "Too wide."}, by=people.marko), recommended(review, people.marko)
    marko.post(f"/en/desk/pilots/findings/{found.pk}/remove/")
    marko.post(f"/en/desk/pilots/recommendations/{advice.pk}/remove/")

    assert (review.findings.count(), review.recommendations.count()) == (0, 0)
    assert browser_of(people.ana).post(f"/en/desk/pilots/findings/{found.pk}/remove/").status_code == 404


def test_people_are_named_to_members_alone(people):
    made = published(people)

    named = [b"Zora" in browser_of(who).get(made.get_absolute_url()).content for who in (people.ana, people.guest)]

    assert named == [True, False]


def test_the_lists_cost_the_same_with_one_and_with_three(people):
    made = published(people)
    begun(people.marko, title="Draft")
    review = eligible(people, title="Open")
    peer("bela", "BG")
    marko, wanda = browser_of(people.marko), browser_of(people.wanda)
    pages = [(marko, PUBLIC), (marko, DESK), (marko, made.get_absolute_url()), (wanda, f"{DESK}{review.pk}/peers/")]
    for browser, page in pages:
        browser.get(page)
    with_one = [queries(browser, page) for browser, page in pages]
    for title in ("Two", "Three"):
        published(people, title=title)
        begun(people.marko, title=title)
    peer("dora", "RO"), joined(people, review, peer("mila", "SK"))

    assert [queries(browser, page) for browser, page in pages] == with_one


def test_a_draft_is_deleted_from_its_form_and_a_review_called_off_from_its_page(people):
    draft, sent = begun(people.marko), eligible(people, title="Sent")
    marko = browser_of(people.marko)
    at = [f"{DESK}{draft.pk}/delete/", f"{DESK}{sent.pk}/call-off/"]
    offered = texts(marko.get(f"{DESK}{draft.pk}/"), f"//form[@action='{at[0]}']//button")

    answers = [
        marko.post(at[0]).url,
        marko.post(at[1], {"reason": ""}).status_code,
        marko.post(at[1], {"reason": "No time."}).url,
    ]

    assert offered == ["Delete the draft"]
    twice = marko.post(at[1], {"reason": "No time."}).url
    assert (answers, twice) == ([DESK, 400, sent.get_absolute_url()], sent.get_absolute_url())
    assert list(PeerReview.objects.values_list("state", flat=True)) == ["called_off"]
