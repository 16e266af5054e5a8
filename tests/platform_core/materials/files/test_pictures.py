from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from platform_core.materials.files import pictures

from .drawing import drawn, photograph, uploaded

FIELD = pictures.PictureField(required=False)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_picture_is_drawn_anew_upright_and_without_notes():
    found = opened(FIELD.clean(uploaded(photograph(), "me.jpg")).read())

    assert (found.format, found.size, dict(found.getexif())) == ("WEBP", (30, 60), {})


def test_a_large_picture_becomes_small():
    found = opened(FIELD.clean(uploaded(drawn(2000, 1000))).read())

    assert found.size == (pictures.SIDE, pictures.SIDE // 2)


@pytest.mark.parametrize(
    "content",
    [b"<svg onload='alert(1)'/>", b"GIF89a" + b"\0" * 40, drawn()[:30], b"\x89PNG\r\n\x1a\n", drawn(kind="BMP")],
    ids=["svg", "gif", "cut off", "no picture", "bitmap"],
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(ValidationError) as refused:
        FIELD.clean(uploaded(content))

    assert refused.value.messages == ["The picture cannot be read. Please use a PNG, JPEG or WebP file."]


def test_a_picture_that_unfolds_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)

    with pytest.raises(ValidationError) as refused:
        FIELD.clean(uploaded(drawn(11, 10)))

    assert refused.value.messages == ["The picture has too many pixels. Please make it smaller."]


def test_a_file_over_the_limit_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 50)

    with pytest.raises(ValidationError) as refused:
        FIELD.clean(uploaded(drawn() + b"\0" * 2000))

    assert refused.value.messages == ["The file has 2.0\xa0KB; at most 50\xa0bytes can be kept."]
