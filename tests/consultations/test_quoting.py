import pytest

from consultations.quoting import only_shortened

TEXT = "Mr Smith of Graz told us: less paper, more money."


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "[…] told us: less paper […]",
        "… less paper, more money.",
        "Less paper [...] money",
        "told us",
    ],
)
def test_words_may_be_left_out(text):
    assert only_shortened(TEXT, text)


@pytest.mark.parametrize("text", ["More paper", "less less paper", "Smith Mr", "no money", "less paper, more funds"])
def test_words_are_neither_added_nor_moved(text):
    assert not only_shortened(TEXT, text)


def test_other_scripts_are_words_too():
    assert only_shortened("Λιγότερα χαρτιά, παρακαλώ", "ΛΙΓΌΤΕΡΑ […] παρακαλώ")
    assert not only_shortened("Λιγότερα χαρτιά", "Περισσότερα χαρτιά")
