"""Papers are made outside the process that serves."""

import io

import pytest
from PIL import Image

from platform_core.ground.reports import confined, papers
from platform_core.ground.texts.wikitext import Part


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(file, "PNG")
    return file.getvalue()


def test_a_paper_takes_no_longer_than_it_may(monkeypatch):
    monkeypatch.setattr(papers, "WALL_SECONDS", 0.01)

    with pytest.raises(confined.ConfinedError, match="too long"):
        papers.paper("pdf", "Plan", [Part("Text")], "en")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_paper_takes_no_more_memory_than_it_may(monkeypatch, form):
    monkeypatch.setattr(confined, "MEMORY", 2**26)

    with pytest.raises(confined.ConfinedError):
        papers.paper(form, "Plan", [Part("Text")], "en")


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_paper_is_made_with_its_pictures(form, begins):
    made = papers.paper(form, "Plan", [Part("![a](a.png)", images={"a.png": picture()}), Part("Τέλος")], "el")
    without = papers.paper(form, "Plan", [Part("![a](a.png)"), Part("Τέλος")], "el")

    assert (made[: len(begins)], len(made) > len(without)) == (begins, True)


def test_letters_are_made_outside_too(monkeypatch):
    assert papers.pages("Letter", ["Dear Ana"], "en")[:5] == b"%PDF-"
    monkeypatch.setattr(papers, "WALL_SECONDS", 0.01)
    with pytest.raises(confined.ConfinedError, match="too long"):
        papers.pages("Letter", ["Dear Ana"], "en")
