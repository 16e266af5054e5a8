"""People who had themselves counted, apart from answers; and answers that are looked at, or were set aside."""

import io
from datetime import date

import pytest
from django.test import Client

from consultations.models import FileAnswer, Registration, Response
from consultations.selectors import registration
from platform_core.materials.files import services as files
from tests.factories.consultations import STRUCTURE, consultation
from tests.people import browser_of

from .pages import alerts, be_counted, entry_link, heading, queries, texts

pytestmark = pytest.mark.django_db
QUESTION = {"code": "wish", "type": "text", "text": {"en": "One wish"}}
KIND = {
    "code": "org_type",
    "type": "single",
    "text": {"en": "What are you?"},
    "options": [
        {"code": "authority", "text": {"en": "Regional authority"}},
        {"code": "other", "text": {"en": "Another"}},
    ],
}
TYPED = STRUCTURE | {"sections": [*STRUCTURE["sections"], {"code": "who", "title": {"en": "Who"}, "questions": [KIND]}]}
PLAIN = {"sections": [{"code": "s", "title": {"en": "S"}, "questions": [QUESTION]}]}


def test_a_person_registers_where_no_audiences_are_told_apart(people):
    consultation("plain", structure=PLAIN)

    answer = be_counted("plain", email="a@example.org")

    assert (answer.status_code, Registration.objects.values_list("audience", "country").get()) == (200, ("", "AT"))


def test_nobody_is_counted_before_she_presses_behind_the_link(mailoutbox):
    consultation("plain", structure=PLAIN)

    link = entry_link("plain", email="A@example.org")
    page = Client().get(link)

    assert ([mail.to for mail in mailoutbox], Registration.objects.count()) == ([["A@example.org"]], 0)
    assert (page["Referrer-Policy"], texts(page, "//main//form//button")) == ("no-referrer", ["Count me"])


def test_who_is_counted_leaves_the_register_by_the_same_link():
    consultation("plain", structure=PLAIN)
    consultation("other", structure=PLAIN)
    be_counted("other", email="a@example.org")
    be_counted("other", email="b@example.org")
    link = entry_link("plain", email="a@example.org")
    told = [alerts(Client().post(link, {button: "1"})) for button in ("count", "count", "leave", "leave")]

    assert (
        told == [["Thank you, you are counted."]] * 2 + [["Your entry is deleted. You are not counted any more."]] * 2
    )
    assert list(Registration.objects.values_list("digest", flat=True)) == [registration.digest_of("b@example.org")]


def test_a_link_is_good_for_its_consultation_as_it_stands():
    consultation("plain", structure=PLAIN)
    consultation("other", structure=PLAIN)
    link = entry_link("plain", email="a@example.org")
    wrong = [link.replace("/plain/", "/other/"), link[:-5] + "/", "/en/consultations/plain/register/x/"]

    answers = [Client().post(address, {"count": "1"}) for address in wrong]

    assert [(page.status_code, heading(page)) for page in answers] == [(404, "This link is not known")] * 3
    assert Registration.objects.count() == 0


def test_one_address_gets_few_mails_and_one_network_many(settings, mailoutbox):
    settings.CONSULTATION_BEGINS_PER_HOUR = 9
    consultation("plain", structure=PLAIN)
    wanted = ["a@example.org"] * 7 + ["A@example.org", "b@example.org", "c@example.org"]

    answers = [Client().post("/en/consultations/plain/register/", {"email": to, "country": "AT"}) for to in wanted]

    assert [page.status_code for page in answers] == [200] * 9 + [429]
    assert [mail.to for mail in mailoutbox] == [["a@example.org"]] * 6 + [["b@example.org"]]


def test_a_mail_that_cannot_go_is_told(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # where nobody listens
    consultation("plain", structure=PLAIN)
    typed = {"email": "a@example.org", "country": "AT"}

    page = Client().post("/en/consultations/plain/register/", typed)

    told = texts(page, "//form//*[@class='msg']")
    assert (page.status_code, told) == (400, ["The mail could not be sent. Please try again later."])


def test_the_question_of_the_audience_tells_them_apart_too(people):
    consultation()

    page = Client().get("/en/consultations/finance/register/")

    assert texts(page, "//select[@name='audience']/option") == ["Please choose", "Policy maker", "Company"]


def test_small_groups_of_people_stand_together(people):
    countries = ["AT"] * 7 + ["EL"] * 6 + ["BG"] * 2 + ["RO"]
    entries = [
        Registration(digest=str(number), audience="policy", country=code, org_type="authority" if number < 11 else "")
        for number, code in enumerate(countries)
    ]
    Registration.objects.bulk_create(entries)
    consultation(structure=TYPED)

    page = browser_of(people.lena).get("/en/desk/consultations/")

    assert registration.registered_by("country") == [("AT", 7), ("", 9)]
    told = ["Policy maker16", "Regional authority11", "All others5", "Austria7", "All others9"]
    assert texts(page, "//details//tbody/tr") == told


def test_all_others_are_not_told_alone(people):
    entries = [Registration(digest=str(number), audience="policy", country=str(number)) for number in range(7)]
    Registration.objects.bulk_create(entries)
    consultation(structure=TYPED)

    page = browser_of(people.lena).get("/en/desk/consultations/")

    assert (registration.registered_by("country"), registration.registered_by("org_type")) == ([("", 7)], [("", 7)])
    assert texts(page, "//details//tbody/tr") == ["Policy maker7"]


def test_fewer_people_than_a_group_are_told_by_nothing(people):
    Registration.objects.create(digest="1", audience="policy", country="AT")

    assert registration.registered_by("country") == []


def test_people_are_counted_apart_from_answers_on_the_desk(people):
    typed = {"audience": "policy", "country": "AT", "org_type": ""}
    for code in ("finance", "skills"):
        found = consultation(code)
        for _answer in range(2):
            given(found)
        be_counted(code, email="a@example.org", **typed)

    page = browser_of(people.lena).get("/en/desk/consultations/")

    told = texts(page, "//*[@class='numbers']")
    assert (registration.registered_people(), registration.not_registered()) == (1, 2)
    assert told == [
        "1 people who had themselves counted, once over all consultations 2 answers beside these: answers, not people"
    ]


def given(found, **fields) -> Response:
    answers = {"audience": "policy", "country": "AT", **fields.pop("answers", {})}
    return Response.objects.create(
        questionnaire=found.versions.get(), language="en", answers=answers, day=date(2026, 11, 20), **fields
    )


def test_what_was_set_aside_is_counted_at_the_desk_and_on_the_public_page(people):
    found = consultation()
    for _answer in range(2):
        given(found, state="aside")
    wanda = browser_of(people.wanda)
    desk = texts(wanda.get("/en/desk/consultations/finance/held/"), "//main/p | //main//section/p | //main//div/p")
    overview = texts(wanda.get("/en/desk/consultations/finance/"), "//li")
    type(found).objects.update(state="published")

    public = texts(Client().get("/en/consultations/finance/"), "//p[@class='hint']")

    assert "2 contributions were set aside; they are in no figure." in desk
    assert "2 contributions set aside" in overview
    assert public == [
        "2 contributions were set aside after a look, because they came in an unusual way; they are in no figure."
    ]


HOUSE = {"code": "house", "type": "organisation", "text": {"en": "Which?"}}
PAPER = {"code": "paper", "type": "file", "text": {"en": "A paper"}}


def test_held_answers_cost_the_same_with_one_and_with_three(people):
    found = consultation(structure={"sections": [{"code": "s", "title": {"en": "S"}, "questions": [HOUSE]}]})
    wanda, address = browser_of(people.wanda), "/en/desk/consultations/finance/held/"
    houses = [f"org:org-{name}" for name in ("marko", "ana", "lena")]
    given(found, state="held", answers={"house": houses[0]})
    with_one = queries(wanda, address)
    for house in houses[1:]:
        given(found, state="held", answers={"house": house})

    assert queries(wanda, address) == with_one
    assert sorted(texts(wanda.get(address), "//dd")) == [
        f"Organisation org-{name}" for name in ("ana", "lena", "marko")
    ]


def test_who_looks_at_held_answers_reads_their_file(people):
    found = consultation(structure={"sections": [{"code": "s", "title": {"en": "S"}, "questions": [PAPER]}]})
    held, counted = given(found, state="held"), given(found)
    for row in (held, counted):
        stored = files.keep(io.BytesIO(b"Our position"), "paper.txt", read=False)
        FileAnswer.objects.create(response=row, question="paper", file=stored, name="paper.txt")
        row.answers |= {"paper": {"name": "paper.txt", "sha256": stored.sha256, "size": stored.size}}
        row.save()
    address = f"/en/desk/consultations/finance/held/{held.pk}/paper/"

    names = ("wanda", "lena", "marko", "ana", "petra", "carl", "guest")
    statuses = {name: status(browser_of(people.named(name)), address) for name in names}

    assert statuses == {**dict.fromkeys(names, 403), "wanda": 200, "lena": 200, "guest": 302}
    others = [address.replace(str(held.pk), str(counted.pk)), address.replace("/paper/", "/audience/")]
    assert [status(browser_of(people.wanda), other) for other in others] == [404, 404]


def status(browser: Client, address: str) -> int:
    answer = browser.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code
