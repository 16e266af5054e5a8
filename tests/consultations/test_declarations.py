import pytest
from django.test import Client

from consultations import services
from platform_core.programme.search.models import SearchEntry
from tests.factories.consultations import consultation
from tests.people import browser_of
from tests.settling import settle

from .views.pages import parsed

LABEL = "consultations.consultation"


@pytest.mark.database
@pytest.mark.parametrize("name", ["lena", "wanda", "marko", "guest"])
def test_a_consultation_in_preparation_is_in_no_search(people, name):
    consultation(open_now=False)
    settle()

    page = browser_of(people.named(name)).get("/en/search/", {"q": "finance", "in": LABEL})

    assert (page.context["answer"].total, SearchEntry.objects.filter(thing=LABEL).count()) == (0, 0)


@pytest.mark.parametrize(("language", "words"), [("en", "finance"), ("el", "chrimatodotisi"), ("bg", "финансиране")])
def test_an_open_consultation_is_found_in_its_languages(db, language, words):
    found = consultation()
    settle()

    page = Client().get(f"/{language}/search/", {"q": words, "in": LABEL})

    assert [entry.object_id for entry in page.context["answer"].entries] == [found.pk]


@pytest.mark.parametrize(("topic", "shown"), [("4", ["/en/consultations/finance/"]), ("3", [])])
def test_a_topic_shows_its_open_consultations(db, topic, shown):
    consultation()

    page = parsed(Client().get(f"/en/groups/{topic}/"))

    links = page.xpath("//main//a/@href")
    assert list(dict.fromkeys(link for link in links if link.startswith("/en/consultations/f"))) == shown


def test_a_closed_consultation_leaves_the_page_of_its_topic(db):
    services.close(consultation())

    page = parsed(Client().get("/en/groups/4/"))

    assert [link for link in page.xpath("//main//a/@href") if link.startswith("/en/consultations/f")] == []
