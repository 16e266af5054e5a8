"""Files far too large, hostile words and the links of others."""

import io

import pytest

from consultations import services
from consultations.models import AnswerDraft, FileAnswer, Response
from platform_core.materials.files.models import StoredFile
from tests.factories.consultations import STRUCTURE, consultation
from tests.factories.questionnaires import CODE, every_type, filled_in

from .pages import ABOUT, Respondent, given, kept, messages, parsed, ready, texts, typed

pytestmark = pytest.mark.django_db
PAPER = {"code": "paper", "type": "file", "text": {"en": "A paper"}, "accept": ["pdf", "txt"]}
WITH_A_FILE = {"sections": [*STRUCTURE["sections"][:1], {**STRUCTURE["sections"][1]}]}
WITH_A_FILE["sections"][1]["questions"] = [*STRUCTURE["sections"][1]["questions"], PAPER]
SCRIPTS = ["<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "\u202eabc", "=HYPERLINK(1)", "𝔠" * 90, "a\x00b"]


class Upload(io.RawIOBase):
    """A form with one enormous file, written while it is read, so that it never lies in memory."""

    HEAD = (
        b'--x\r\nContent-Disposition: form-data; name="next"\r\n\r\n1\r\n'
        b'--x\r\nContent-Disposition: form-data; name="wish"\r\n\r\nLess paper\r\n'
        b'--x\r\nContent-Disposition: form-data; name="paper"; filename="paper.pdf"\r\n\r\n'
    )
    TAIL = b"\r\n--x--\r\n"

    def __init__(self, size: int) -> None:
        self.parts = [io.BytesIO(self.HEAD), size, io.BytesIO(self.TAIL)]
        self.length = len(self.HEAD) + size + len(self.TAIL)

    def read(self, wanted: int = -1) -> bytes:
        head, left, tail = self.parts
        if found := head.read(wanted):
            return found
        if left:
            taken = min(left, wanted)
            self.parts[1] -= taken
            return bytes(taken)
        return tail.read(wanted)


def hand_in(respondent: Respondent, size: int):
    upload = Upload(size)
    more = {
        "wsgi.input": upload,
        "CONTENT_LENGTH": str(upload.length),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    return respondent.browser.generic("POST", respondent.address, **more)


def test_a_file_of_200_megabytes_is_refused_and_the_answers_kept():
    respondent = Respondent(consultation(structure=WITH_A_FILE).code)
    respondent.press(**ABOUT)

    page = hand_in(respondent, 200 * 2**20)

    assert page.status_code == 400
    assert messages(page) == {"paper": ["The file has 200.0\xa0MB; at most 10 MB are taken."]}
    assert (typed(page), kept()) == ({"wish": "Less paper"}, {**ABOUT, "wish": "Less paper"})
    assert (FileAnswer.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("hostile", SCRIPTS, ids=range(len(SCRIPTS)))
def test_hostile_words_come_back_as_they_were_written(respondent, hostile):
    respondent.press(**ABOUT)
    respondent.press(wish=hostile, sources=["other"], sources__other=hostile)

    receipt = respondent.browser.get(respondent.send().url)

    wanted = hostile.replace("\x00", "")
    assert (given(receipt)["One wish"], given(receipt)["Which sources?"]) == (wanted, f"other: {wanted}")
    assert parsed(receipt).xpath("//script[not(@src)]") == []


@pytest.mark.parametrize("rest", ["", "1/", "later/", "review/"])
@pytest.mark.parametrize(
    "change", [lambda link: link[:-2] + "A/", lambda link: link.swapcase(), lambda link: link[:-3]]
)
def test_a_link_that_is_nearly_right_opens_nothing(respondent, rest, change):
    ready(respondent)
    secret = respondent.links.split("/")[-2]

    page = respondent.browser.get(f"/en/consultations/finance/answers/{change(secret + '/').strip('/')}/{rest}")

    assert (page.status_code, "Less paper" in page.content.decode()) == (410, False)


def test_the_receipt_of_another_opens_only_with_its_signature(respondent):
    ready(respondent).send()
    response = Response.objects.get()
    forged = services.receipt(Response(pk=response.pk + 1))

    assert respondent.browser.get(f"/en/consultations/finance/receipt/{forged}/").status_code == 404
    assert respondent.browser.get(f"/en/consultations/finance/receipt/{response.pk}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "el", "bg"])
def test_every_type_is_said_in_words_on_the_review_page(client, language):
    secret = filled_in(every_type())

    page = client.get(f"/{language}/consultations/{CODE}/answers/{secret}/review/")

    nothing = [question for question, answer in given(page).items() if answer in ("", "–", "No answer")]
    assert (page.status_code, len(given(page)), len(nothing)) == (200, 23, 1 if language == "en" else 0)


def test_every_type_takes_its_own_page_back_unchanged(client):
    """What a page shows, sent back as it stands, is what was kept."""
    secret = filled_in(every_type())
    before = AnswerDraft.objects.get().answers
    for number in range(1, 6):
        address = f"/en/consultations/{CODE}/answers/{secret}/{number}/"
        client.post(address, {**typed(client.get(address)), "autosave": "1"})

    assert AnswerDraft.objects.get().answers == before


def test_nobody_is_counted_under_a_country_she_did_not_choose(client):
    every_type()
    page = client.post(f"/en/consultations/{CODE}/register/", {"email": "a@example.org"})

    assert page.status_code == 400
    assert texts(page, "//select[@name='country']/option")[0] == "Please choose"
