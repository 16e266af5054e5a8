"""Office servers, as they come with the token that somebody's browser handed to them."""

from functools import cache

from django.test import Client

from tests.factories.workinggroups import file_document
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from workinggroups.models import Document


@cache
def word(words: str) -> bytes:
    return samples.word(words)


def paper(by, words: str = "First words", **fields) -> Document:
    return file_document(by, word(words), "plan.docx", **fields)


def opened(person, document) -> str:
    """The token the page hands over."""
    return browser_of(person).post(f"{document.get_absolute_url()}office/").context["token"]


class Office:
    """The office server of somebody, with the token it was given."""

    def __init__(self, person, document, token: str = "") -> None:
        self.token = token or opened(person, document)
        self.source, self.client = f"/en/groups/wopi/files/{document.pk}", Client(enforce_csrf_checks=True)

    def about(self):
        return self.client.get(self.source, {"access_token": self.token})

    def read(self, **headers):
        """Its status and what it gave."""
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        answer = self.client.get(f"{self.source}/contents", headers=headers)
        return answer.status_code, answer.getvalue()

    def deed(self, name: str, lock: str = "", **headers):
        headers = {"X-WOPI-Override": name, "X-WOPI-Lock": lock, **headers}
        return self.client.post(f"{self.source}?access_token={self.token}", headers=headers)

    def put(self, content: bytes, lock: str = "", **headers):
        return self.client.post(
            f"{self.source}/contents?access_token={self.token}",
            content,
            content_type="application/octet-stream",
            headers={"X-WOPI-Override": "PUT", "X-WOPI-Lock": lock, **headers},
        )
