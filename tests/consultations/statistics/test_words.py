import pandas as pd
import pytest

from consultations.statistics.words import by_language, in_context, stopwords, terms

TEXTS = ["Funding ends too soon", "Funded projects end", "the end of FUNDING", None, "Nothing"]


def first_four(word):
    return word[:4]


def test_terms_are_counted_once_per_text():
    found = terms(["grant grant grants", "grant", "loan"], threshold=1)
    assert found["texts"].to_dict() == {"grant": 2, "grants": 1, "loan": 1}
    assert found["share"].round(6).tolist() == [0.666667, 0.333333, 0.333333]


def test_forms_of_a_word_are_brought_together():
    found = terms(TEXTS, first_four, left_out={"the"}, threshold=1)
    assert found.loc["fund", ["texts", "example"]].tolist() == [3, "funding"]


def test_terms_of_few_texts_are_left_out():
    assert terms(TEXTS, first_four, threshold=3).index.tolist() == []
    assert terms(TEXTS[:3], first_four, threshold=3).index.tolist() == ["fund"]


def test_terms_of_all_but_a_few_tell_of_these():
    assert terms(["grant loan"] * 9 + ["grant"], threshold=2).index.tolist() == ["grant"]


def test_nothing_written_has_no_terms():
    assert len(terms([None, ""], threshold=1)) == 0


def test_a_word_is_shown_between_what_stands_around_it():
    found = in_context(["We need money now.  More\nmoney!", None, "Time is money"], "money", width=8)
    assert found["text"].tolist() == [0, 0, 2]
    assert found["left"].tolist() == ["We need ", "w. More ", "Time is "]
    assert found["right"].tolist() == [" now. Mo", "!", ""]


def test_words_are_found_from_their_beginning_in_any_script():
    found = in_context(pd.Series(["η χρηματοδότηση", "συγχρηματοδότηση"], index=[7, 8]), "Χρηματ")
    assert found[["text", "word"]].to_numpy().tolist() == [[7, "χρηματοδότηση"]]
    assert len(in_context(["nothing"], "x")) == 0
    assert len(in_context([], "x")) == 0


def test_places_are_limited():
    assert len(in_context(["a a a a"], "a", most=3)) == 3


def test_languages_are_told_apart():
    found = by_language(["one two", "one", None, "ένα δύο τρία"], ["en", "en", "en", "el"])
    assert found["texts"].to_dict() == {"el": 1, "en": 2}
    assert found["median"].to_dict() == {"el": 3.0, "en": 1.5}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        *(("en", "the"), ("it", "della"), ("de", "und"), ("hu", "hogy"), ("ro", "pentru"), ("bg", "защото")),
        *(("el", "και"), ("sk", "ktorý"), ("sl", "lahko"), ("hr", "također"), ("sr", "gde")),
    ],
)
def test_every_language_has_words_that_say_nothing(language, word):
    assert word in stopwords(language)
    assert word not in terms([f"{word} klaster"], left_out=stopwords(language), threshold=1).index


def test_other_languages_have_none():
    assert stopwords("fr") == frozenset()
