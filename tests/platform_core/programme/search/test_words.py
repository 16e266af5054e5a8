import pytest
from django.contrib.auth.models import AnonymousUser

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Concept
from platform_core.identity.audit import services as audit
from platform_core.programme.search.suggesting import suggestions
from tests.factories.repository import record
from tests.settling import settle

from .asking import ask, codes, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()
LIBRARY = {
    "greek": ({"el": "Πολιτική συνεργατικών σχηματισμών"}, {"el": "Η χρηματοδότηση της Ηπείρου."}),
    "bulgarian": ({"bg": "Нови умения"}, {"bg": "Финансиране на клъстери."}),
    "german": ({"de": "Förderung in Straßen"}, {"de": "Größe der Innovationsgutscheine."}),
    "romanian": ({"ro": "Învățământ"}, {"ro": "Finanțarea clusterelor din țară."}),
    "serbian": ({"sr": "Čačak i đaci"}, {"sr": "Razvoj klastera."}),
    "english": ({"en": "Cluster policies"}, {"en": "Innovation vouchers and skills."}),
    "mixed": ({"en": "Vouchers", "el": "Κουπόνια", "bg": "Ваучери"}, {"en": "For small firms."}),
}
EXPECTED = {
    "πολιτική": {"greek"},
    "ΠΟΛΙΤΙΚΗΣ": {"greek"},
    "politiki": {"greek"},
    "chrimatodotisi": {"greek"},
    "σχηματισμός": {"greek"},
    "умения": {"bulgarian"},
    "UMENIYA": {"bulgarian"},
    "финансиране": {"bulgarian"},
    "forderung": {"german"},
    "STRASSEN": {"german"},
    "größe": {"german"},
    "invatamant": {"romanian"},
    "tara": {"romanian"},
    "čačak": {"serbian"},
    "daci": {"serbian"},
    "klasteri": {"serbian", "bulgarian"},
    "policy": {"english"},
    "vouchers": {"english", "mixed"},
    "κουπόνια": {"mixed"},
    "vaucheri": {"mixed"},
    "vouchers skills": {"english"},
    "vouchers умения": set(),
    "gone": set(),
    "集群": set(),
    "regional authority": set(LIBRARY),
}


@pytest.fixture
def no_thesaurus(db):
    """What words find by themselves; with keywords each language would find the others as well."""
    Concept.objects.update(broader=None)
    Concept.objects.all().delete()
    vocabulary.forget()
    yield
    vocabulary.forget()


@pytest.fixture
def library(no_thesaurus):
    for code, (title, summary) in LIBRARY.items():
        written(code, title, summary)
    settle()


def test_words_are_found_in_every_script_from_every_language(library):
    for language in ("en", "el", "bg"):
        found = {words: set(codes(GUEST, words, language=language)) for words in EXPECTED}
        assert (language, found) == (language, EXPECTED)


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("de", "Förderungen", ["german"]),
        ("en", "skill", ["english"]),
        ("el", "πολιτικών", ["greek"]),
        ("ro", "țări", ["romanian"]),
        ("sr", "klasterima", ["serbian", "bulgarian"]),
    ],
)
def test_other_forms_of_a_word_are_found_in_its_own_language(library, language, words, expected):
    assert codes(GUEST, words, language=language) == expected


def test_all_words_must_be_there():
    record("Red vouchers", summary={"en": "In spring."})
    record("Red houses", summary={"en": "In autumn."})
    settle()

    assert codes(GUEST, "red") == ["red-houses", "red-vouchers"]
    assert codes(GUEST, "red spring") == ["red-vouchers"]
    assert codes(GUEST, "red spring autumn") == []


def test_titles_rank_before_texts():
    record("Ports", code="body", summary={"en": "Vouchers, vouchers, vouchers."})
    record("Vouchers", code="title", summary={"en": "A long text about something else that goes on and on."})
    record("Harbours", code="later", summary={"en": "Vouchers again."})
    settle()

    assert codes(GUEST, "vouchers")[0] == "title"
    assert codes(GUEST, "vouchers", order="newest") == ["later", "title", "body"]


def test_page_beyond_the_last_is_the_last():
    for number in range(23):
        record(f"Voucher {number}")
    settle()

    for words in ("", "voucher"):
        found = {page: len(ask(GUEST, words, page=page).entries) for page in (1, 2, 3, 49, 50, 9999)}
        assert found == {1: 20, 2: 3, 3: 3, 49: 3, 50: 3, 9999: 3}
        assert len({*codes(GUEST, words), *codes(GUEST, words, page=2)}) == 23


def test_edited_record_is_found_by_its_new_words_alone():
    made = record("Vouchers", summary={"en": "A summary."}, code="one")
    settle()
    made.title = {"en": "Skills"}
    made.save()
    audit.record("repository.deposited", made)
    settle()

    assert codes(GUEST, "skills") == ["one"]
    assert codes(GUEST, "vouchers") == []


def test_what_bears_the_keyword_comes_before_what_holds_its_words_by_chance(db):
    for number in range(3):
        written(f"chance-{number}", {"en": "Financing and a cluster"}, {"en": "Cluster of words on financing."})
    written("ro", {"ro": "Finanțarea clusterelor din Moldova"}, {"ro": "Cum își plătesc personalul."})
    written("given", {"en": "Who pays"}, {"en": "A question."}, concepts=["cluster-financing"])
    settle()

    for words, language in (
        ("cluster financing", "en"),
        ("Clusterfinanzierung", "en"),
        ("finanziamento dei cluster", "it"),
    ):
        found = codes(GUEST, words, language=language)
        assert (words, set(found[:2])) == (words, {"ro", "given"})


def test_tokens_of_keywords_are_not_come_by_as_beginnings_of_titles(db):
    written("ro", {"ro": "Finanțarea clusterelor din Moldova"}, {"ro": "Cum își plătesc personalul."})
    settle()

    assert [suggestions(GUEST, typed) for typed in ("zz", "zz9", "zz9cluster")] == [[], [], []]
