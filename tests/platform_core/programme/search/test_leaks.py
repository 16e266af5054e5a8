"""What a guest sees everybody sees, and nothing else appears anywhere."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.models import Usage
from platform_core.programme.search import selectors
from repository import services
from repository.models import Record
from tests.factories.repository import collection, record
from tests.people import browser_of, gather
from tests.settling import settle

from .asking import LABEL, ask, codes, counts, open_to

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEYS = ["public", "user", "members", "tier:full", "tier:partner", "group:4", "role:lead_partner", "own"]
AUDIENCES = strategies.lists(strategies.sets(strategies.sampled_from(KEYS), max_size=3), min_size=1, max_size=4)
LISTS = [
    "/en/",
    "/el/",
    "/en/repository/",
    "/en/repository/?q=vouchers",
    "/en/repository/?topic=4",
    "/en/repository/?year=1987",
]
LISTS += [
    "/en/search/?q=vouchers",
    "/en/search/?q=vouchers&in=repository.record",
    "/en/topics/",
    "/en/topics/4-finance/",
]
LISTS += ["/feeds/records.atom", "/sitemap-repository-record.xml", "/api/v1/records", "/api/v1/records?q=vouchers"]
LISTS += ["/feeds/events.ics", "/feeds/search.json", "/feeds/search.json?q=vouchers", "/feeds/search.atom?year=1987"]
LISTS += ["/catalogue", "/catalogue.ttl", "/catalogue.rdf", "/catalogue.jsonld"]
LISTS += ["/en/search/suggest/?q=vou", "/en/search/suggest/?q=zq", "/en/search/suggest/?q=vou&in=repository.record"]
LISTS += ["/en/repository/collections/", "/en/repository/collections/everything/", "/en/repository/adoptions/"]
LISTS += [
    "/en/repository/usage/?by=record",
    "/en/repository/usage/?by=record&csv",
    "/en/repository/usage/?by=region&csv",
]
LISTS += ["/en/repository/zqpublic/related/", "/en/regions/RS22/", "/en/countries/RS/"]
LISTS += [f"/oai?verb={verb}&metadataPrefix=oai_dc" for verb in ("ListRecords", "ListIdentifiers")]


@given(audiences=AUDIENCES)
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_sees_less_than_a_guest_nor_more_than_her_own(audiences, client):
    with transaction.atomic():
        people = gather()
        fill(audiences, own=f"person:{people.carl.pk}")
        for name, person in people.each():
            assert (name, *views_of(person)) == (name, *[expected(audiences, name)] * 3)
        assert machines(client) == [expected(audiences, "guest")] * 2
        transaction.set_rollback(True)


def fill(audiences: list[set[str]], own: str) -> None:
    for number, keys in enumerate(audiences):
        open_to(record(f"Voucher {number}", code=f"v{number}"), *(own if key == "own" else key for key in keys))
    settle()


def expected(audiences: list[set[str]], name: str) -> list[str]:
    """Codes of what somebody of the cast may see, from who is who and not from the program."""
    held = {
        "lena": {"user", "members", "tier:full", "role:lead_partner"},
        "wanda": {"user", "members", "tier:full", "group:4"},
        "marko": {"user", "members", "tier:full"},
        "ana": {"user", "members"},
        "petra": {"user", "tier:partner"},
        "carl": {"user", "own"},
        "guest": set(),
    }[name] | {"public"}
    return sorted(f"v{number}" for number, keys in enumerate(audiences) if held & keys)


def views_of(person) -> tuple[list[str], ...]:
    """The list, the search and the filtered list; counts must agree with each."""
    answers = ask(person), ask(person, "voucher"), ask(person, topic=["4"])
    for answer in answers:
        number = len(answer.entries)
        assert (answer.total, counts(answer).get("topic", {})) == (number, {"4": number} if number else {})
    assert selectors.tallies(person, LABEL).get("", {}).get("", 0) == answers[0].total
    return tuple(sorted(entry.key for entry in answer.entries) for answer in answers)


def machines(client) -> list[list[str]]:
    api = [row["code"] for row in client.get("/api/v1/records").json()["records"]]
    feed = client.get("/feeds/records.atom").content.decode()
    return [sorted(api), sorted(code for code in (f"v{number}" for number in range(4)) if f"/{code}/" in feed)]


@pytest.fixture
def secrets(people):
    """Records of four audiences with a word of their own each; every one has a region and a year nobody else has."""
    texts = {"publish": False, "by": people.marko, "year": 1987, "regions": ["RS22"]}
    record("Vouchers zqdraft", code="zqdraft", **texts)
    gone = record("Vouchers zqgone", code="zqgone", year=1987, regions=["RS22"])
    settle()
    services.withdraw(gone, by=people.lena, why="zqgone")
    open_to(record("Vouchers zqmembers", code="zqmembers", year=1987), "members")
    open_to(record("Vouchers zqcarl", code="zqcarl", year=1987), f"person:{people.carl.pk}")
    open_to(record("Vouchers zqpublic", code="zqpublic"), "public")
    collection("Everything", query="q=vouchers")
    collection("zqcollection", query="q=vouchers", is_public=False)
    own = {"region": vocabulary.region("RS22"), "year": 2025, "adapted": "Smaller", "outcome": "", "language": "en"}
    for made in Record.objects.all():
        made.adoptions.create(organisation=Organisation.objects.get(code="org-ana"), **own)
        Usage.objects.create(thing=LABEL, object_id=made.pk, month=date(2026, 1, 1), language="en", views=7)
    settle()
    return people


MARKS = ("zqcollection", "zqdraft", "zqgone", "zqmembers", "zqcarl", "zqpublic")


MINE = {name: {"zqpublic", "zqmembers"} for name in ("lena", "wanda", "marko", "ana")}
MINE["carl"] = {"zqpublic", "zqcarl"}


def marks_in(answer) -> set[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return {mark for mark in MARKS if mark in body.decode()}


def kept_by_editors(name: str) -> set[str]:
    return {"zqcollection"} if name == "lena" else set()


def deleted(address: str) -> set[str]:
    """Harvesters are told the identifier of what was public and is withdrawn, and nothing else of it."""
    return {"zqgone"} if address.startswith("/oai") else set()


def test_nothing_appears_that_is_not_ones_own(secrets):
    leaked = {
        (name, address): marks
        for name, person in secrets.each()
        for address in LISTS
        if (
            marks := marks_in(browser_of(person).get(address, follow=True))
            - MINE.get(name, {"zqpublic"})
            - kept_by_editors(name)
            - deleted(address)
        )
    }

    assert leaked == {}


def test_every_list_is_there(secrets):
    browser = browser_of(secrets.lena)

    assert {address: browser.get(address, follow=True).status_code for address in LISTS} == dict.fromkeys(LISTS, 200)


def test_figures_of_gaps_and_of_use_leave_out_what_is_hidden(secrets):
    def table(person, address: str) -> list[str]:
        return b"".join(browser_of(person).get(address).streaming_content).decode().splitlines()[1:]

    for person in (secrets.guest, secrets.petra):
        gaps = [
            row for row in table(person, "/en/repository/gaps/?rows=region&csv") if not row.endswith(",0,0,0,0,0,0")
        ]
        assert gaps == []
        assert table(person, "/en/repository/gaps/?rows=country&country=RS&csv")[0].endswith(",0,0,0,0,0,0")
        assert [row.rsplit(",", 4)[1:] for row in table(person, "/en/repository/usage/?by=topic&csv")] == [
            ["7", "0", "0", "0"]
        ]
        assert table(person, "/en/repository/usage/?by=region&csv") == []
        assert [row.rsplit(",", 4)[1] for row in table(person, "/en/repository/usage/?by=month&csv")] == ["7"]


def test_what_is_ones_own_does_appear(secrets):
    for address in ("/en/", "/en/repository/", "/en/search/?q=vouchers", "/en/topics/4-finance/"):
        found = {name: marks_in(browser_of(person).get(address, follow=True)) for name, person in secrets.each()}

        assert (address, found) == (address, {"petra": {"zqpublic"}, "guest": {"zqpublic"}, **MINE})


def test_years_and_regions_of_hidden_records_are_no_choice(secrets, client):
    for person in (secrets.petra, secrets.guest):
        found = counts(ask(person))
        assert (found.get("region"), found["year"]) == (None, {"2024": 1})
    assert client.get("/api/v1/records").json()["facets"]["year"] == {"2024": 1}


def test_address_of_a_hidden_record_tells_nothing(secrets):
    client = browser_of(secrets.petra)
    for code in ("zqdraft", "zqmembers", "zqcarl", "nothing"):
        for path in ("", "cite/bib/", "cite/json/", "files/1/", "withdraw/"):
            answer = client.get(f"/en/repository/{code}/{path}")
            assert (code, path, answer.status_code, marks_in(answer) - {code}) == (code, path, 404, set())


def test_hidden_records_are_there(secrets):
    assert {"zqcollection", *Record.objects.values_list("code", flat=True)} == set(MARKS)
    assert codes(secrets.lena) != codes(secrets.guest)
