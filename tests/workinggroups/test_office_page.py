"""The page that hands a document over to an office program, and how it finds the editor."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from platform_core.identity.access.models import SecretLink
from tests.factories.office import Office, opened, paper
from tests.factories.workinggroups import approved, change, file_document
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from workinggroups.services import documents, office as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OFFICE = "https://office.example.org"


@pytest.fixture(autouse=True)
def offered(settings):
    settings.WOPI_SERVER = f"{OFFICE}/edit?WOPISrc={{source}}&lang={{language}}"


def later():
    return timezone.localdate() + timedelta(days=7)


def test_the_page_hands_the_token_over_by_a_form_and_allows_one_host(people):
    made = paper(people.wanda)
    browser, address = browser_of(people.wanda), made.get_absolute_url()

    shown, before = browser.post(f"{address}office/"), browser.get(address)

    body, policy = shown.content.decode(), shown["Content-Security-Policy"]
    source = f"http%3A%2F%2F127.0.0.1%3A8000%2Fen%2Fgroups%2Fwopi%2Ffiles%2F{made.pk}"
    assert shown.context["address"] == f"{OFFICE}/edit?WOPISrc={source}&lang=en"
    assert (f"frame-src {OFFICE}" in policy, f"form-action 'self' {OFFICE}" in policy) == (True, True)
    assert OFFICE not in before["Content-Security-Policy"]
    assert (f'value="{shown.context["token"]}"' in body, shown.context["token"] in shown.context["address"]) == (
        True,
        False,
    )


def test_who_is_offered_what(people):
    made = paper(people.wanda)
    documents.mark(made, by=people.wanda, marking="public")
    approved(made, people.wanda, people.lena, later())
    found = {name: browser_of(one).get(made.get_absolute_url()).context["office"] for name, one in people.each()}
    change(made, people.wanda, title="Draft again")

    assert found == {name: "" if name == "guest" else "read" for name in found}
    assert browser_of(people.lena).get(made.get_absolute_url()).context["office"] == "write"
    assert browser_of(people.ana).post(f"{made.get_absolute_url()}office/").status_code == 404


def test_without_a_server_nothing_is_offered(people, settings):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    settings.WOPI_SERVER = ""
    browser, address = browser_of(people.wanda), made.get_absolute_url()

    assert (browser.get(address).context["office"], browser.post(f"{address}office/").status_code) == ("", 404)
    assert (server.about().status_code, server.put(b"x").status_code) == (401, 401)


def test_pages_and_pictures_are_not_for_the_office(people):
    text = file_document(people.wanda)

    assert browser_of(people.wanda).post(f"{text.get_absolute_url()}office/").status_code == 404


# Discovery

DISCOVERY = b"""<?xml version="1.0" encoding="utf-8"?><wopi-discovery><net-zone name="external-http"><app name="writer">
<action ext="docx" name="edit" urlsrc="https://editor.example.org/cool.html?&lt;ui=UI_LLCC&amp;&gt;&lt;rs=DC_LLCC&amp;&gt;&lt;x=Y&amp;&gt;"/>
<action ext="docx" name="view" urlsrc="https://editor.example.org/view?"/><action ext="odt" name="view" urlsrc="ftp://x/"/>
</app></net-zone></wopi-discovery>"""


@pytest.fixture
def serving():
    """Serves some bytes, at the address it gives, until the test is over."""
    servers = []

    def serve(text: bytes) -> str:
        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/hosting/discovery" else 404)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args):
                """Nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Answers))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_page_asks_the_server_which_address_opens_what(people, settings, serving):
    settings.WOPI_SERVER = serving(DISCOVERY)
    made = paper(people.wanda)
    browser = browser_of(people.wanda)

    shown = [browser.post(f"{made.get_absolute_url()}office/").context["address"] for _again in range(2)]

    assert shown[0] == shown[1]
    assert shown[0].startswith("https://editor.example.org/cool.html?ui=en&rs=en&WOPISrc=http%3A%2F%2F127.0.0.1")
    assert urlsplit(shown[0]).query.endswith("&lang=en")


def test_a_kind_the_server_does_not_open_is_told(people, settings, serving):
    settings.WOPI_SERVER = serving(DISCOVERY)
    made = file_document(people.wanda, samples.open_document(".ods"), "table.ods")

    told = browser_of(people.wanda).post(f"{made.get_absolute_url()}office/", follow=True)

    assert [str(one) for one in told.context["messages"]] == ["The office program does not open files of this kind."]


@pytest.mark.parametrize("answer", [None, b"<no xml"])
def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(people, settings, serving, answer):
    settings.WOPI_SERVER = "http://127.0.0.1:9" if answer is None else serving(answer)
    made = paper(people.wanda)

    told = browser_of(people.wanda).post(f"{made.get_absolute_url()}office/", follow=True)

    assert [str(one)[:42] for one in told.context["messages"]] == ["The office program does not answer now. Yo"]
    assert SecretLink.objects.count() == 0


def test_links_of_the_office_are_not_kept_for_long(people):
    opened(people.wanda, paper(people.wanda))

    assert (services.purge(timezone.now()), services.purge(timezone.now() + timedelta(hours=11))) == (0, 1)
