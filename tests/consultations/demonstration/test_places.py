"""The demonstration where places are told: their pages, briefs, search."""

import pytest

from consultations import demonstration
from consultations.demonstration import LOADED, reading
from consultations.models import Consultation
from consultations.selectors import LABEL
from pilots import brief_paper
from pilots.selectors import briefs
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.search.models import SearchFacet
from tests.consultations.views.pages import texts
from tests.factories.consultations import consultation
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
CODE, TITLE = "finance-2027", "How should clusters be financed?"
BESIDE = "//*[h2='Open for your view']//li"


def test_places_list_it_as_asking_there_and_as_invented(people):
    demonstration.file(reading.questionnaire(CODE))
    settle()

    guest = browser_of(people.guest)
    for place in ("countries/RS", "regions/EL30", "learning/brief/EL30/4"):
        (told,) = texts(guest.get(f"/en/{place}/"), BESIDE)
        assert (place, told[: len(TITLE)], told.rpartition(" · ")[2]) == (place, TITLE, "demonstration")
    paper = brief_paper.parts(briefs.brief(people.guest, vocabulary.region("EL30"), vocabulary.topic(4)))
    (told,) = [part.text for part in paper if part.heading == "Open for your view"]
    assert told.rpartition(" · ")[2] == "demonstration"
    facets = SearchFacet.objects.filter(entry__thing=LABEL, dimension="country").values_list("value", flat=True)
    assert set(facets) == {country.pk for country in vocabulary.countries()}


def test_what_is_loaded_already_stays_as_it_is():
    for code in LOADED:
        consultation(code, is_demonstration=True)

    assert demonstration.load() == ""
    assert Consultation.objects.filter(countries=None, regions=None).count() == len(LOADED)
