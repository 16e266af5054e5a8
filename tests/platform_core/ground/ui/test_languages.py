import pytest
from django.utils import translation

from platform_core.ground.ui.languages import language_tag, page_languages


def addresses(path, query=""):
    return {one.code: one.address for one in page_languages(path, query)}


def test_the_same_page_in_another_language_keeps_its_query():
    found = addresses("/en/repository/12/", "q=audit&page=2")
    assert found["bg"] == "/bg/repository/12/?q=audit&page=2"
    assert found["sr-latn"] == "/sr-latn/repository/12/?q=audit&page=2"


def test_only_the_first_segment_is_a_language():
    assert addresses("/it/regions/it/")["de"] == "/de/regions/it/"


@pytest.mark.parametrize("path", ["/", "/api/records/", "/items/", "/english/"])
def test_pages_without_a_language_lead_to_the_start_in_each(path):
    assert addresses(path, "q=1")["el"] == "/el/"


def test_eleven_languages_call_themselves_by_their_own_names():
    with translation.override("el"):
        found = page_languages("/el/")
    assert [one.name for one in found if one.current] == ["Ελληνικά"]
    assert len(found) == 11


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("sr-latn", "sr-Latn"), ("de-at", "de-AT")])
def test_tags_follow_bcp_47(code, tag):
    assert language_tag(code) == tag
