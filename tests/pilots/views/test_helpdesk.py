"""The helpdesk over HTTP: with and without an account."""

import pytest
from django.utils import timezone

from consultations import protection
from pilots.models import HelpdeskAsker, HelpdeskQuestion
from pilots.services import helpdesk as services
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.helpdesk import case_of, published, question, secret_sent, through
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
PUBLIC, ASK = "/en/helpdesk/", "/en/helpdesk/ask/"
TYPED = {"situation": "We plan a fund.", "wish": "Who has done it?", "topic": 4, "agrees": "on"}


def test_from_a_question_without_an_account_to_its_published_answer(people):
    guest, wanda, lena = (browser_of(one) for one in (people.guest, people.wanda, people.lena))
    assert guest.post(ASK, TYPED | {"email": "mayor@example.net"}).url == "/en/helpdesk/sent/"
    own = f"/en/helpdesk/asked/{secret_sent()}/"
    assert texts(guest.get(own), "//form//button")[0] == "Confirm and ask"
    assert HelpdeskQuestion.objects.get().state == "unconfirmed"
    guest.post(f"{own}confirm/")
    settle()

    found = HelpdeskQuestion.objects.get()
    case = case_of(found).get_absolute_url()
    assert texts(wanda.get(case), "//dd")[:1] != []
    typed = {"expert": people.lena.pk, "due_on": timezone.localdate().isoformat(), "reason": "She knows."}
    wanda.post(f"{case}answer/given/", typed)
    settle()
    case = case_of(found, "pilots.helpdesk_answer").get_absolute_url()
    lena.post(f"{case}answer/answered/", {"answer": "Others share it.", "reason": "Ten years."})
    settle()
    own = f"/en/helpdesk/asked/{secret_sent()}/"
    guest.post(f"{own}rate/", {"rating": 5, "remark": ""})
    lena.post(
        f"/en/desk/helpdesk/{found.pk}/publish/", {"title": "Who pays?", "situation": "A region.", "reply": "All."}
    )

    page = guest.get(found.get_absolute_url())
    assert texts(page, "//h1") == ["Who pays?"]
    assert "We plan a fund." not in page.content.decode()
    assert "mayor@example.net" not in page.content.decode()
    assert texts(guest.get(PUBLIC), "//article/h2") == ["Who pays?"]
    assert HelpdeskAsker.objects.get().rating == 5


def test_with_an_account_it_is_asked_at_once(people):
    carl = browser_of(people.carl)
    made = carl.post(ASK, TYPED)
    settle()

    assert made.url == HelpdeskQuestion.objects.get().get_absolute_url()
    assert texts(carl.get("/en/helpdesk/own/"), "//article/h2") == ["Who has done it?"]
    assert browser_of(people.marko).get(made.url).status_code == 404
    assert browser_of(people.guest).get(made.url).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"situation": ""}, "situation"), ({"wish": ""}, "wish"), ({"email": "nobody"}, "email"), ({"topic": 9}, "topic")],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(people, typed, field):
    page = browser_of(people.guest).post(ASK, TYPED | {"email": "mayor@example.net"} | typed)

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    kept = "wish" if field == "situation" else "situation"
    assert texts(page, f"//textarea[@name='{kept}']") == [TYPED[kept]]
    assert HelpdeskQuestion.objects.count() == 0


def test_programs_are_thanked_and_not_heard(people):
    page = browser_of(people.guest).post(ASK, TYPED | {"email": "mayor@example.net", protection.TRAP: "http://spam"})

    assert (page.url, HelpdeskQuestion.objects.count()) == ("/en/helpdesk/sent/", 0)


def test_very_many_from_one_address_are_asked_to_wait(people):
    guest = browser_of(people.guest)
    pages = [guest.post(ASK, TYPED | {"email": f"m{number}@example.net"}) for number in range(6)]

    assert [page.status_code for page in pages] == [302] * 5 + [429]


def test_a_wrong_or_strange_link_opens_nothing(people):
    found = question(people.carl)
    guest, marko = browser_of(people.guest), browser_of(people.marko)

    assert guest.get("/en/helpdesk/asked/nothing/").status_code == 404
    assert guest.post("/en/helpdesk/asked/nothing/confirm/").status_code == 404
    assert marko.post(f"{found.get_absolute_url()}agree/").status_code == 404
    assert marko.get("/en/desk/helpdesk/").status_code == 403
    assert marko.get(f"/en/desk/helpdesk/{found.pk}/publish/").status_code == 404


def test_others_who_see_a_published_question_do_not_act_for_who_asked(people):
    found = published(people)

    assert browser_of(people.marko).post(f"{found.get_absolute_url()}disagree/").status_code == 403
    assert browser_of(people.marko).post(f"/en/desk/helpdesk/{found.pk}/take-down/").status_code == 403


def test_two_editors_do_not_overwrite_each_other(people):
    found = through(people, people.carl)
    lena, address = browser_of(people.lena), f"/en/desk/helpdesk/{found.pk}/publish/"
    (form,) = parsed(lena.get(address)).xpath("//form[.//input[@name='seen']]")
    words = {"title": {"en": "First"}, "situation": {"en": "A region."}, "reply": {"en": "All."}}
    services.publish(found, by=people.wanda, **words)

    page = lena.post(address, dict(form.form_values()))

    found.refresh_from_db()
    assert (page.status_code, str(found.title)) == (400, "First")


def test_leaders_see_their_topic_and_take_the_list_along(people):
    question(people.carl), question(people.ana, topic=3, wish="Where?")

    assert texts(browser_of(people.wanda).get("/en/desk/helpdesk/"), "//article/h2") == ["Who has done it?"]
    assert texts(browser_of(people.lena).get("/en/desk/helpdesk/"), "//article/h2") == ["Where?", "Who has done it?"]
    lines = b"".join(browser_of(people.lena).get("/en/desk/helpdesk/?csv")).decode().splitlines()
    assert len(lines) == 3


@pytest.mark.parametrize("address", [PUBLIC, "/en/desk/helpdesk/", "/en/helpdesk/own/"])
def test_as_many_queries_for_three_as_for_one(people, address):
    lena = browser_of(people.lena)
    published(people)
    question(people.lena, topic=3)
    lena.get(address)
    one = queries(lena, address)
    for number in range(2):
        published(people, f"Another {number}")
        question(people.lena, topic=3)

    assert queries(lena, address) == one
