import pytest

from platform_core.ground.texts.codes import CODES
from platform_core.ground.vocabulary import selectors, thesaurus

pytestmark = pytest.mark.django_db


def test_every_keyword_has_a_label_in_every_language():
    lacking = {concept.code: set(CODES) - set(concept.label) for concept in selectors.concepts()}

    assert (len(lacking) >= 150, {code for code, missing in lacking.items() if missing}) == (True, set())


def test_keywords_can_be_listed_with_commas_between():
    told = [label for concept in selectors.concepts() for label in dict(concept.label).values()]

    assert [label for label in told if "," in label] == []


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "A new model of cluster financing in three regions", "cluster-financing"),
        ("ro", "Un nou model de finanțare a clusterelor", None),
        ("ro", "Finanțarea clusterelor în trei regiuni", "cluster-financing"),
        ("el", "Η χρηματοδότηση των μικρών επιχειρήσεων", None),
        ("bg", "Как работи финансиране на клъстери", "cluster-financing"),
        ("de", "Clusterfinanzierung in drei Regionen", "cluster-financing"),
    ],
)
def test_keywords_are_found_by_their_stems(language, text, code):
    assert ("cluster-financing" in thesaurus.mentioned({language: text})) is (code is not None)


def test_part_of_a_name_is_no_keyword():
    assert thesaurus.mentioned({"en": "The location of the quotient"}) == set()


def test_a_keyword_tells_everything_it_is_called():
    called = thesaurus.called(["cluster-financing"])

    assert set(called) == set(CODES)
    assert "funding of clusters" in called["en"].splitlines()
