import re
import string
import unicodedata

import pytest
from hypothesis import given, strategies

from platform_core.ground.texts.analysis import fold, query_words, stem, tokens, variants, words
from platform_core.ground.texts.codes import CODES

TOKEN = re.compile(r"[a-z0-9]+")

FOLDED = [
    ("en", "Naïve", "naive"),
    ("en", "ﬁnance", "finance"),
    ("en", "S3", "s3"),
    ("it", "Città", "citta"),
    ("it", "È", "e"),
    ("de", "Größe", "grosse"),
    ("de", "STRASSE", "strasse"),
    ("de", "Straße", "strasse"),
    ("de", "Förderung", "forderung"),
    ("hu", "gyűjtő", "gyujto"),
    ("hu", "Őszinte", "oszinte"),
    ("ro", "Țară", "tara"),
    ("ro", "învăţământ", "invatamant"),
    ("bg", "Умения", "umeniya"),
    ("bg", "ЩАСТИЕ", "shtastie"),
    ("bg", "Финансиране", "finansirane"),
    ("el", "Πολιτική", "politiki"),
    ("el", "ΧΡΗΜΑΤΟΔΌΤΗΣΗΣ", "chrimatodotisis"),
    ("el", "ψυχή", "psychi"),
    ("el", "Θεσσαλονίκη", "thessaloniki"),
    ("sk", "Ďalší", "dalsi"),
    ("sl", "Življenje", "zivljenje"),
    ("hr", "Đurđevac", "durdevac"),
    ("sr", "Čačak", "cacak"),
    ("sr", "Љубав", "ljubav"),
]


@pytest.mark.parametrize(("code", "word", "expected"), FOLDED)
def test_words_of_eleven_languages_fold(code, word, expected):
    assert fold(word) == expected


def test_fold_table_has_all_eleven_languages():
    assert {code for code, _word, _expected in FOLDED} == set(CODES)


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "cluster", "clusters"),
        ("en", "policy", "policies"),
        ("it", "politica", "politiche"),
        ("de", "Förderung", "Förderungen"),
        ("hu", "klaszter", "klaszterek"),
        ("ro", "clustere", "clusterelor"),
        ("el", "πολιτική", "πολιτικής"),
        ("el", "σχηματισμός", "σχηματισμών"),
        ("hr", "klasteri", "klastera"),
        ("sr", "klasteri", "klastera"),
    ],
)
def test_forms_of_a_word_share_a_stem(code, one, other):
    assert stem(one, code) == stem(other, code)


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("bg", "ваучер", "ваучерите"),
        ("bg", "клъстер", "клъстерите"),
        ("bg", "иновационен", "иновационни"),
        ("bg", "практика", "практиките"),
        ("sk", "klaster", "klastera"),
        ("sk", "klastrov", "klastrami"),
        ("sk", "zručnosť", "zručnosti"),
        ("sl", "grozd", "grozdov"),
        ("sl", "inovacija", "inovacijami"),
    ],
)
def test_languages_without_an_algorithm_lose_their_endings(code, one, other):
    assert stem(one, code) == stem(other, code)


@pytest.mark.parametrize(
    ("code", "word"), [("bg", "план"), ("bg", "юни"), ("sk", "rada"), ("sl", "svet"), ("sl", "ime")]
)
def test_short_words_are_left_whole(code, word):
    assert stem(word, code) == fold(word)


def test_serbian_in_cyrillic_asks_for_the_latin_word():
    assert set(tokens("Livnice", "sr")) <= set(variants("ливнице", "sr"))


@pytest.mark.parametrize(
    ("native", "latin"), [("πολιτική", "politiki"), ("ΠΟΛΙΤΙΚΉ", "politiki"), ("умения", "umeniya")]
)
@pytest.mark.parametrize("code", CODES)
def test_both_scripts_ask_for_the_same(code, native, latin):
    assert variants(native, code) == variants(latin, code)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("asked", "language", "written"),
    [
        ("politiki", "el", "πολιτικής"),
        ("καινοτομια", "el", "Καινοτομίας"),
        ("καινοτομίας", "el", "καινοτομία"),
        ("schimatismoi", "el", "σχηματισμών"),
        ("umeniya", "bg", "Умения"),
        ("clusters", "en", "Cluster"),
        ("cluster", "en", "clusters"),
        ("Größe", "de", "GRÖSSE"),
        ("grosse", "de", "Größe"),
    ],
)
def test_query_in_any_interface_language_reaches_the_word(code, asked, language, written):
    assert set(variants(asked, code)) & set(tokens(written, language)) != set()


def test_document_gives_plain_form_and_stem():
    assert list(tokens("Clusters in Größe", "en")) == ["clusters", "cluster", "in", "grosse"]


def test_words_are_cut_at_everything_else():
    assert words("R&D-driven, 2014–2020_x: «S3»") == ["R", "D", "driven", "2014", "2020", "x", "S3"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"cluster" AND (policy* OR NEAR)', ["cluster", "AND", "policy", "OR", "NEAR"]),
        ("a a a b", ["a", "b"]),
        ("🙂 !!! 集群", []),
        (" ".join(string.ascii_lowercase), list("abcdefghijkl")),
        ("a\0b", ["a", "b"]),
    ],
)
def test_query_words_are_few_and_each_once(query, expected):
    assert query_words(query) == expected


@given(strategies.text(max_size=60), strategies.sampled_from(CODES))
def test_tokens_are_plain_and_fold_to_themselves(text, code):
    found = list(tokens(text, code))

    assert [token for token in found if not TOKEN.fullmatch(token)] == []
    assert [fold(token) for token in found] == found


@given(strategies.text(max_size=40), strategies.sampled_from(CODES))
def test_variants_are_plain_and_hold_the_plain_form(text, code):
    for word in query_words(text):
        found = variants(word, code)

        assert found[0] == fold(word)
        assert [token for token in found if not TOKEN.fullmatch(token)] == []


@given(strategies.text(alphabet=strategies.characters(categories=["L", "N", "M"]), min_size=1, max_size=20))
def test_composed_and_decomposed_texts_give_the_same_tokens(text):
    composed, decomposed = (list(tokens(unicodedata.normalize(form, text), "el")) for form in ("NFC", "NFD"))

    assert composed == decomposed
