"""DOIs registered with DataCite, here a server of our own that keeps what it is sent."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from platform_core.materials.jobs.models import Job
from repository import services
from repository.declarations import RELATIONS as KEPT
from repository.exports.datacite import RELATIONS, IncompleteError, check, payload
from repository.exports.relations import Relation
from repository.kinds import KINDS
from repository.models import Record
from tests.factories.repository import record
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class DataCite(BaseHTTPRequestHandler):
    sent: list[tuple[str, str, str, dict]]
    status = 200

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.sent.append((self.path, self.headers["Authorization"], body["data"]["id"], body["data"]["attributes"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b'{"errors":[{"title":"Not today."}]}' if self.status > 299 else b"{}")

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def datacite(settings):
    answers = type("Answers", (DataCite,), {"sent": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.DATACITE_URL = f"http://127.0.0.1:{server.server_port}"
    settings.DATACITE_PREFIX, settings.DATACITE_USER, settings.DATACITE_PASSWORD = "10.5072", "office", "secret"
    settings.SITE_URL = "https://platform.example.org"
    yield answers
    server.shutdown()
    server.server_close()


def told(datacite) -> list[tuple[str, str]]:
    return [(attributes["event"], attributes["url"]) for _path, _who, _doi, attributes in datacite.sent]


def test_nothing_is_sent_unless_the_settings_say_where():
    made = record("Vouchers", code="vouchers")
    settle()

    made.refresh_from_db()
    assert (made.doi, Job.objects.filter(kind="repository.register").count()) == ("", 0)


def test_what_is_published_has_a_doi_and_is_cited_by_it(datacite, client):
    record("Vouchers", code="vouchers")
    settle()

    ((path, who, doi, attributes),) = datacite.sent
    assert (path, who, doi) == ("/dois/10.5072/vouchers", "Basic b2ZmaWNlOnNlY3JldA==", "10.5072/vouchers")
    assert (attributes["event"], attributes["url"], attributes["titles"]) == (
        "publish",
        "https://platform.example.org/en/repository/vouchers/",
        [{"title": "Vouchers", "lang": "en"}],
    )
    page = client.get("/en/repository/vouchers/")
    assert page.context["citation"].endswith("https://doi.org/10.5072/vouchers")
    assert '<https://doi.org/10.5072/vouchers>; rel="cite-as"' in page["Link"]
    cited = client.get("/en/repository/vouchers/cite/bib/").content.decode()
    assert "  doi = {10.5072/vouchers}" in cited


def test_a_change_and_the_end_are_told_too(datacite, people):
    made = record("Vouchers", code="vouchers")
    settle()
    services.change(made, by=people.lena, note="Better", year=2025)
    settle()
    services.withdraw(made, by=people.lena, why="Wrong")
    settle()

    address = "https://platform.example.org/en/repository/vouchers/"
    assert told(datacite) == [("publish", address), ("publish", address), ("hide", address)]
    assert Record.objects.get().doi == "10.5072/vouchers"


@pytest.mark.parametrize("given", [{"publish": False}, {"for_members": True}])
def test_what_was_never_public_is_not_told(datacite, people, given):
    record("Hidden", by=people.marko, **given)
    settle()

    assert datacite.sent == []


def test_a_refusal_is_told_in_the_words_of_datacite(datacite):
    datacite.status = 422
    record("Vouchers", code="vouchers")
    settle()

    job = Job.objects.get(kind="repository.register")
    assert (job.state, job.error) == (
        "failed",
        'RuntimeError: DataCite answered 422: {"errors":[{"title":"Not today."}]}',
    )
    assert Record.objects.get().doi == ""


def test_what_lacks_a_creator_is_not_sent(datacite):
    record("Nobody's", creators=[])
    settle()

    assert (datacite.sent, Job.objects.get(kind="repository.register").error) == ([], "IncompleteError: creators")


WRONG = [
    ("identifier", {"doi": "doi:10.5072/x"}),
    ("identifier", {"doi": None}),
    ("url", {"url": "/en/repository/a/"}),
    ("creators", {"creators": []}),
    ("creators", {"creators": [{"name": ":unav"}]}),
    ("titles", {"titles": []}),
    ("titles", {"titles": [{"title": " ", "lang": "en"}]}),
    ("publisher", {"publisher": {"name": ""}}),
    ("publicationYear", {"publicationYear": 24}),
    ("resourceTypeGeneral", {"types": {"resourceTypeGeneral": "Practice", "resourceType": "practice"}}),
    ("resourceType", {"types": {"resourceTypeGeneral": "Text", "resourceType": ""}}),
    (
        "relatedIdentifierType",
        {"relatedIdentifiers": [{"relatedIdentifierType": "Web", "relationType": "Cites", "relatedIdentifier": "x"}]},
    ),
    (
        "relationType",
        {"relatedIdentifiers": [{"relatedIdentifierType": "URL", "relationType": "Likes", "relatedIdentifier": "x"}]},
    ),
]


@pytest.mark.parametrize(("name", "wrong"), WRONG)
def test_what_is_mandatory_is_checked(name, wrong):
    told = payload(record("Vouchers", code="a"), "https://example.org/a", "10.5072/a")
    check(told)

    with pytest.raises(IncompleteError, match=f"^{name}$"):
        check(told | wrong)


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_every_kind_and_relation_is_one_that_datacite_knows(kind):
    made = record("Vouchers", code="a", kind=kind)
    related = [Relation(name, own, "Other", "https://example.org/b") for name in RELATIONS for own in (True, False)]

    check(payload(made, "https://example.org/a", "10.5072/a", related))
    assert {name for name, *_words in KEPT} == set(RELATIONS)
