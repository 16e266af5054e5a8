import re

import pytest

from platform_core.ground.ui.components.library import register

pytestmark = pytest.mark.urls("tests.platform_core.ground.ui.addresses")

NOT_COMPONENTS = {"stylesheet"}


@pytest.fixture
def page(client):
    return client.get("/en/topics/").content.decode()


def test_every_component_is_in_the_gallery(settings):
    source = (settings.BASE_DIR / "templates" / "ui" / "gallery.html").read_text()
    used = set(re.findall(r"{% (\w+) \w+=", source))
    assert set(register.tags) - NOT_COMPONENTS - used == {"page_head"}


def test_the_map_has_all_regions_and_its_table(page):
    assert len(re.findall(r'<rect class="shade-', page)) == 79
    assert len(re.findall(r'class="code">', page)) == 79


def test_ids_are_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_labels_lead_to_their_fields(page):
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(re.findall(r'\sid="([^"]+)"', page))


def test_no_inline_script(page):
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page) == []


def test_in_every_language(client, settings):
    for code, _ in settings.LANGUAGES:
        assert client.get(f"/{code}/topics/").status_code == 200
