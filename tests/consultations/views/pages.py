"""What a respondent without JavaScript finds on a page, and a respondent who presses its buttons."""

import re

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from consultations.models import AnswerDraft

ABOUT = {"audience": "policy", "country": "AT"}


class Respondent:
    """A guest's browser on her way through a questionnaire; it sends no CSRF token and keeps no cookie."""

    def __init__(self, code: str = "finance", language: str = "en") -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.address = self.browser.post(f"/{language}/consultations/{code}/begin/").url
        self.seen: list = []

    @property
    def links(self) -> str:
        """The address of her answers without the page."""
        return self.address[: self.address.index("/answers/") + len("/answers/") + 33]

    def at(self, rest: str):
        return self.note(self.browser.get(self.links + rest))

    def look(self):
        return self.note(self.browser.get(self.address))

    def press(self, button: str = "next", value: str = "1", **fields):
        """Send the page with these fields; `q__x` stands for `q.x`. Follows where she is sent, but not further."""
        data = {name.replace("__", "."): typed for name, typed in fields.items()}
        response = self.note(self.browser.post(self.address, {**data, button: value}))
        self.address = getattr(response, "url", self.address)
        return response

    def send(self):
        return self.note(self.browser.post(self.links + "review/"))

    def note(self, response):
        self.seen.append(response)
        return response


def parsed(response):
    return html.fromstring(response.content.decode())


def texts(response, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in parsed(response).xpath(path)]


def heading(response) -> str:
    (text,) = texts(response, "//h1")
    return text


def shown(response) -> list[str]:
    """Codes of the questions a respondent sees."""
    return parsed(response).xpath("//fieldset[@data-code][not(@hidden)]/@data-code")


def typed(response) -> dict[str, str | list[str]]:
    """What stands in the form: written, chosen or ticked."""
    (form,) = parsed(response).xpath("//form[@data-questionnaire]")
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if value and name not in {"page", "seen", "section", "stood", "turn"}:
            found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def summary(response) -> list[tuple[str, str]]:
    """The links of the error summary: where they lead and what they say."""
    links = parsed(response).xpath("//*[@role='alert']//ul//a")
    return [(link.get("href"), link.text_content()) for link in links]


def messages(response) -> dict[str, list[str]]:
    """Errors beside the questions, by code."""
    asked = parsed(response).xpath("//fieldset[@data-code][.//p[@class='msg'][not(@hidden)]]")
    return {
        part.get("data-code"): [said.text_content() for said in part.xpath(".//p[@class='msg'][not(@hidden)]")]
        for part in asked
    }


def alerts(response) -> list[str]:
    return texts(response, "//*[contains(concat(' ', @class, ' '), ' alert ')]/p")


def given(response) -> dict[str, str]:
    """Questions with their answers in words, on the review page and on the receipt."""
    rows = parsed(response).xpath("//dl[contains(@class, 'long')]/div")
    return {row.find("dt").text_content(): row.find("dd").text_content() for row in rows}


def press_button(browser: Client, address: str, name: str, **changed):
    """Send the form that has a button of this name as it stands, but for what is changed."""
    (form,) = parsed(browser.get(address)).xpath(f"//form[.//button[@name='{name}']]")
    typed: dict[str, list[str]] = {}
    for field, value in form.form_values():
        typed.setdefault(field, []).append(value)
    return browser.post(form.get("action") or address, {**typed, name: "1", **changed})


def queries(browser: Client, address: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def kept() -> dict:
    """The only unfinished answers there are."""
    return AnswerDraft.objects.get().answers


def ready(respondent: Respondent) -> Respondent:
    """She has answered everything and stands before the review."""
    respondent.press(**ABOUT)
    respondent.press(sources=["fees", "eu"], share="40", wish="Less paper")
    return respondent


def entry_link(code: str, **typed: str) -> str:
    """What the mail leads to that somebody gets who wants to be counted."""
    Client().post(f"/en/consultations/{code}/register/", {"country": "AT", **typed})
    return re.findall(r"http://testserver(\S+)", mail.outbox[-1].body)[0]


def be_counted(code: str, **typed: str):
    return Client().post(entry_link(code, **typed), {"count": "1"})
