import pytest
from django.conf import settings
from django.utils.translation import override

from platform_core.ground.texts.codes import CODES, active_code, content_code, interface_code, tag


def test_content_knows_the_languages_of_the_interface():
    assert tuple(content_code(code) for code, _name in settings.LANGUAGES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_codes_go_there_and_back(code):
    assert content_code(interface_code(code)) == code
    with override(interface_code(code)):
        assert active_code() == code


def test_browsers_are_told_the_script_of_serbian():
    assert [tag(code) for code in ("sr", "sr-latn", "el")] == ["sr-Latn", "sr-Latn", "el"]
