import pytest

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.trails import services as trails
from platform_core.people.members.models import Organisation
from repository import adoptions, selectors, services
from repository.exports.records import mark_of
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RECORDS = "/api/v1/records"


@pytest.fixture
def shelf(db):
    record("Vouchers", code="a", topics=[1, 4], countries=["AT"], year=2020, summary={"en": "S"})
    record("Skills", code="b", topics=[4], countries=["BG"], regions=["BG41"], year=2021, kind="lesson")
    record("Draft", code="c", publish=False)
    settle()


def codes(client, query: str = "") -> list[str]:
    return [row["code"] for row in client.get(f"{RECORDS}?{query}").json()["records"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["b", "a"]),
        ("q=voucher", ["a"]),
        ("q=draft", []),
        ("topic=1", ["a"]),
        ("topic=1&topic=4", ["b", "a"]),
        ("topic=4&country=BG", ["b"]),
        ("region=BG41", ["b"]),
        ("kind=lesson", ["b"]),
        ("year=2020&year=2021", ["b", "a"]),
        ("cycle_stage=preparation", []),
        ("topic=99", []),
        ("topic=%00", []),
        ("page=99999", ["b", "a"]),
        ("page=-3", ["b", "a"]),
        ("language=xx", ["b", "a"]),
        ("colour=red", ["b", "a"]),
    ],
)
def test_filters(client, shelf, query, expected):
    assert codes(client, query) == expected


def test_list_in_full(client, shelf):
    found = client.get(f"{RECORDS}?topic=1").json()

    day = found["records"][0].pop("day")
    assert found["records"] == [{"code": "a", "title": "Vouchers", "language": "en", "summary": "S"}]
    assert len(day) == 10
    assert {name: found[name] for name in ("total", "more", "page", "pages")} == {
        "total": 1,
        "more": False,
        "page": 1,
        "pages": 1,
    }
    assert found["facets"]["topic"] == {"1": 1, "4": 2}
    assert found["facets"]["country"] == {"AT": 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [("language=el", ("Κουπόνια", "el")), ("language=it", ("Vouchers", "en")), ("", ("Vouchers", "en"))],
)
def test_list_comes_in_the_language_asked_for(client, query, expected):
    made = record("Vouchers", publish=False)
    made.title = made.title.with_text("el", "Κουπόνια")
    made.save()
    services.publish(made)
    settle()

    (row,) = client.get(f"{RECORDS}?{query}", headers={"Accept-Language": "bg"}).json()["records"]

    assert (row["title"], row["language"]) == expected


def test_one_record_in_full(client, people):
    terms = {"level": ["eu"], "maturity": ["growth"]}
    made = record(
        "Vouchers",
        code="a",
        regions=["EL30"],
        terms=terms,
        summary={"el": "Σ", "_source": "el"},
        details={"problem": {"en": "Few firms."}, "cost_band": "10k_50k", "contact": {"en": "zqcontact"}},
        concepts=["cluster-financing"],
        identifiers={"A regional authority": "https://ror.org/03prydq77"},
        funding="ERDF",
        begins="2024-01-01",
        organisation=Organisation.objects.get(code="org-ana"),
        publish=False,
    )
    attached = attach(made)
    made = services.publish(made)
    other = record("Vouchers of old", code="old")
    trails.draw("repository.supersedes", made, other, by=people.lena)
    hidden = record("Hidden", publish=False)
    trails.draw("repository.based_on", made, hidden, by=people.lena)
    own = {"region": vocabulary.region("EL30"), "year": 2025, "adapted": "Smaller", "outcome": "", "language": "en"}
    adoptions.adopt(made, Organisation.objects.get(code="org-ana"), by=people.ana, **own)

    found = client.get(f"{RECORDS}/a").json()
    kept = made.versions.get()

    assert found.pop("files") == [
        {
            "name": "notes.txt",
            "media_type": "text/plain",
            "size": 19,
            "sha256": attached.file.sha256,
            "address": f"http://testserver/en/repository/a/files/{attached.pk}/notes.txt",
        }
    ]
    assert found.pop("mark") == mark_of(made)
    assert found == {
        "code": "a",
        "kind": "good_practice",
        "state": "published",
        "title": {"en": "Vouchers"},
        "summary": {"el": "Σ"},
        "description": {},
        "source_language": "en",
        "topics": [4],
        "countries": ["AT", "EL"],
        "regions": ["EL30"],
        "terms": terms,
        "keywords": ["cluster-financing"],
        "details": {"problem": {"en": "Few firms."}, "cost_band": "10k_50k"},
        "begins": "2024-01-01",
        "ends": None,
        "funding": "ERDF",
        "year": 2024,
        "languages": ["en"],
        "creators": ["A regional authority"],
        "identifiers": {"A regional authority": "https://ror.org/03prydq77"},
        "natures": {"A regional authority": "organisation"},
        "organisation": "org-ana",
        "clusters": [],
        "licence": "CC-BY-4.0",
        "for_members": False,
        "files_for": "all",
        "files_from": None,
        "doi": "",
        "published_on": made.published_on.isoformat(),
        "changed_on": made.published_on.isoformat(),
        "version": 1,
        "versions": [
            {
                "number": 1,
                "made_on": kept.made_on.isoformat(),
                "note": "",
                "sha256": kept.sha256,
                "address": "http://testserver/en/repository/a/versions/1/",
            }
        ],
        "merit": "",
        "validated_on": None,
        "validated_version": 0,
        "relations": [
            {
                "kind": "supersedes",
                "is_own": True,
                "title": "Vouchers of old",
                "address": "http://testserver/en/repository/old/",
            }
        ],
        "adoptions": [
            {
                "organisation": "org-ana",
                "region": "EL30",
                "year": 2025,
                "adapted": "Smaller",
                "outcome": "",
                "language": "en",
            }
        ],
        "is_demonstration": False,
        "address": "http://testserver/en/repository/a/",
    }


@pytest.mark.parametrize("code", ["c", "nothing", "%00", "a%20b", "'--"])
def test_unknown_or_hidden_record_is_not_found(client, shelf, code):
    answer = client.get(f"{RECORDS}/{code}")

    assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.parametrize("query", ["page=x", "page=1.5"])
def test_wrong_types_are_named(client, query):
    answer = client.get(f"{RECORDS}?{query}")

    assert (answer.status_code, answer.json()["detail"][0]["loc"][-1]) == (422, "page")


def test_members_are_told_what_guests_are(people, shelf):
    found = {name: codes(browser_of(person)) for name, person in people.each()}

    assert found == {name: ["b", "a"] for name, _person in people.each()}
    assert browser_of(people.lena).get(f"{RECORDS}/c").status_code == 404


def test_openapi_document_names_what_is_offered(client):
    found = client.get("/api/v1/openapi.json").json()

    assert found["openapi"][:2] == "3."
    own = "/api/v1/records", "/api/v1/drafts"
    offered = {place: sorted(verbs) for place, verbs in found["paths"].items() if place.startswith(own)}
    assert offered == {
        "/api/v1/records": ["get", "post"],
        "/api/v1/records/{code}/texts/{language}": ["put"],
        "/api/v1/records/{code}/files": ["post"],
        "/api/v1/records/{code}/proposals": ["post"],
        "/api/v1/records/{code}/publish": ["post"],
        "/api/v1/drafts": ["get"],
        "/api/v1/drafts/{code}": ["get"],
        "/api/v1/records/{code}": ["get", "patch"],
    }
    asked = {row["name"] for row in found["paths"][RECORDS]["get"]["parameters"]}
    expected = {"q", "topic", "country", "region", "kind", *selectors.SCHEMES, "year", "language", "page", "cursor"}
    assert asked == expected


def test_files_that_are_not_open_yet_are_not_named(client):
    made = record("Vouchers", code="a", files_from="2099-01-01", publish=False)
    attach(made)
    services.publish(made)

    assert client.get(f"{RECORDS}/a").json()["files"] == []


def test_what_is_not_offered_is_refused(client):
    answers = [getattr(client, verb)(RECORDS).status_code for verb in ("post", "put", "delete", "patch")]

    assert answers == [401, 405, 405, 405]
