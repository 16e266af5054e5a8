"""Steps 2 and 3 of the story: a stakeholder answers, a leader computes and publishes, everybody reads."""

import pytest
from django.core.management import call_command
from django.test import Client

from consultations.demonstration import add_answers
from consultations.models import Response
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from repository.models import Record
from tests.consultations.views.pages import Respondent, given, heading, parsed, press_button, shown, texts, typed
from tests.factories.consultations import consultation
from tests.people import PASSWORD
from tests.settling import settle

pytestmark = pytest.mark.database

DESK = "/en/desk/consultations/finance/"
CLOSED = "This consultation takes no answers now. Its results will be published here."


@pytest.fixture
def open_consultation(people):
    found = consultation()
    add_answers(found.versions.get(), 30)
    settle()
    return found


@pytest.fixture
def wanda(people) -> Client:
    """Wanda's browser after she has signed in by form."""
    browser = Client()
    browser.post("/en/account/login/", {"login": people.wanda.email, "password": PASSWORD})
    return browser


def test_a_stakeholder_answers_in_two_sittings_and_two_languages(open_consultation):
    stakeholder = Respondent(language="bg")
    half = stakeholder.press("later", audience="policy")
    (link,) = texts(stakeholder.look(), "//textarea[@readonly]")

    again = Respondent(language="bg")
    again.address = link.removeprefix("http://testserver")
    resumed = again.look()
    again.press("language", "en", audience="policy", country="BG")
    english = again.look()

    assert (half.status_code, heading(resumed), typed(resumed)) == (302, "За вас", {"audience": "policy"})
    assert (heading(english), typed(english)) == ("About you", {"audience": "policy", "country": "BG"})
    assert again.address == link.removeprefix("http://testserver").replace("/bg/", "/en/")


def test_a_stakeholder_sends_her_answers_and_takes_them_home(open_consultation):
    stakeholder = Respondent(language="bg")
    stakeholder.press(audience="policy", country="BG")
    money = shown(stakeholder.look())
    stakeholder.press(sources=["eu"], share="0", wish="По-малко хартия")
    receipt = stakeholder.browser.get(stakeholder.send().url)
    file = stakeholder.browser.get(f"{receipt.request['PATH_INFO']}answers.txt")

    assert money == ["sources", "share", "wish"]
    assert list(given(receipt).values()) == ["Политика", "България", "eu", "0 %", "По-малко хартия"]
    assert file.content.decode().split("\r\n").count("  По-малко хартия") == 1
    assert Response.objects.filter(is_demonstration=False).count() == 1


def test_a_leader_closes_computes_and_publishes(open_consultation, wanda):
    deeds = ["close", "compute"]
    answers = [wanda.post(f"{DESK}{deed}/").url for deed in deeds]
    working = parsed(wanda.get(DESK)).xpath("//*[@hx-get]/@hx-get")
    settle()
    preview = wanda.get("/en/consultations/finance/results/")
    published = press_button(wanda, f"{DESK}publish/", "publish")
    settle()

    assert answers == [DESK, DESK]
    assert working == [f"/en/jobs/{Job.objects.get(kind='consultations.statistics').pk}/"]
    assert (preview.status_code, published.url) == (200, "/en/repository/result-finance/")


def test_a_guest_reads_what_was_published(open_consultation, wanda):
    guest = Client()
    wanda.post(f"{DESK}close/")
    closed = texts(guest.get("/en/consultations/finance/"), "//div[contains(@class, 'alert')]/p")
    wanda.post(f"{DESK}compute/")
    settle()
    before = guest.get("/el/consultations/finance/results/")
    press_button(wanda, f"{DESK}publish/", "publish")
    settle()
    after = guest.get("/el/consultations/finance/results/")

    assert (closed, before.status_code, after.status_code) == ([CLOSED], 302, 200)
    assert guest.cookies == {}


def test_the_result_is_found_cited_and_leads_back(open_consultation, wanda):
    for deed in ("close", "compute"):
        wanda.post(f"{DESK}{deed}/")
    settle()
    address = press_button(wanda, f"{DESK}publish/", "publish").url
    settle()
    record, guest = Record.objects.get(), Client()

    found = {
        words: [entry.object_id for entry in guest.get(f"/{language}/search/", asked).context["answer"].entries]
        for language, words in (("en", "finance"), ("el", "χρηματοδότηση"), ("bg", "финансиране"))
        if (asked := {"q": words, "in": "repository.record"})
    }

    assert list(found.values()) == [[record.pk]] * 3
    assert guest.get(address).status_code == 200
    links = parsed(guest.get("/en/consultations/finance/")).xpath("//main//a/@href")
    assert links.count(address) == 1


def test_the_log_tells_what_the_leader_did_and_nothing_of_the_stakeholder(open_consultation, wanda, people):
    stakeholder = Respondent()
    before = Event.objects.count()
    stakeholder.press(audience="policy", country="BG")
    stakeholder.press(wish="Less paper")
    stakeholder.send()
    told = Event.objects.count() - before
    wanda.post(f"{DESK}close/")
    call_command("verify_audit")

    assert told == 0
    closed = Event.objects.get(verb="consultations.closed")
    assert closed.actor == people.wanda.pseudonym
