from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from lxml import etree

from platform_core.identity.access import services as access
from platform_core.materials.trails import services as trails
from repository import services
from repository.kinds import KINDS
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SPACES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "d": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LIST = "verb=ListIdentifiers&metadataPrefix=oai_dc"


def harvest(query: str, person=None):
    answer = browser_of(person or AnonymousUser()).get(f"/oai?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert answer.content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    return etree.fromstring(answer.content)


def texts(root, path: str) -> list[str]:
    return [found.text if hasattr(found, "text") else found for found in root.xpath(path, namespaces=SPACES)]


def codes(root) -> list[str]:
    return [text.removeprefix("oai:clusterpolisee:") for text in texts(root, "//o:header/o:identifier")]


def error(root) -> str:
    (found,) = texts(root, "/o:OAI-PMH/o:error/@code")
    assert [etree.QName(child).localname for child in root] == ["responseDate", "request", "error"]
    return found


def day(made: Record, when: date) -> Record:
    Record.objects.filter(pk=made.pk).update(published_on=when, changed_on=when)
    return made


def test_identify(settings):
    settings.DEFAULT_FROM_EMAIL = "The desk <desk@example.org>"
    day(record("A"), date(2025, 3, 1))
    day(record("B"), date(2025, 2, 1))

    root = harvest("verb=Identify")

    assert texts(root, "//o:Identify/*")[1:] == [
        *("http://testserver/oai", "2.0", "desk@example.org", "2025-02-01", "persistent", "YYYY-MM-DD"),
    ]


def test_list_metadata_formats():
    record("A", code="a")

    for query in ("verb=ListMetadataFormats", "verb=ListMetadataFormats&identifier=oai:clusterpolisee:a"):
        assert texts(harvest(query), "//o:metadataPrefix") == ["oai_dc", "datacite"]


def test_list_sets_gives_the_topics_and_kinds():
    root = harvest("verb=ListSets")

    kinds = [f"kind:{kind.code}" for kind in KINDS]
    assert texts(root, "//o:setSpec") == [*(f"topic:{number}" for number in range(1, 7)), *kinds]


def test_get_record_in_full():
    title = {"en": "Vouchers & more", "sr": "Vaučeri"}
    made = services.deposit(
        code="a",
        kind="report",
        title=title,
        summary={"el": "Περίληψη"},
        year=2021,
        topics=[4, 1],
        countries=["EL"],
        languages=["el"],
        creators=["<A> & B"],
    )
    day(services.publish(made), date(2025, 3, 1))

    root = harvest("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:clusterpolisee:a")

    assert texts(root, "//o:header/*") == ["oai:clusterpolisee:a", "2025-03-01", "topic:1", "topic:4", "kind:report"]
    found = [(etree.QName(one).localname, one.text) for one in root.xpath("//d:dc/*", namespaces=SPACES)]
    assert found == [
        ("title", "Vouchers & more"),
        ("title", "Vaučeri"),
        ("description", "Περίληψη"),
        ("creator", "<A> & B"),
        ("subject", "Innovation, R&D driven cluster development"),
        ("subject", "Financial framework improvement"),
        ("coverage", "GR"),
        ("type", "Report"),
        ("date", "2021"),
        ("publisher", "ClusterPoliSEE"),
        ("language", "el"),
        ("rights", "CC-BY-4.0"),
        ("identifier", "http://testserver/en/repository/a/"),
    ]
    assert texts(root, "//dc:title/@xml:lang | //dc:description/@xml:lang") == ["en", "sr-Latn", "el"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&colour=red", "badArgument"),
        ("verb=Identify&%01=x", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=oai:clusterpolisee:a", "badArgument"),
        ("verb=GetRecord&identifier=oai:clusterpolisee:a&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=GetRecord&identifier=oai:clusterpolisee:zz&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=GetRecord&identifier=%00&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=GetRecord&identifier=oai:clusterpolisee:draft&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:clusterpolisee:draft", "idDoesNotExist"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x!oai_dc!!!", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=0!marc!!!", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=" + "9" * 5000 + "!oai_dc!!!", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=0!oai_dc!!!&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&from=yesterday", "badArgument"),
        (f"{LIST}&from=2025-02-02&until=2025-02-01", "badArgument"),
        (f"{LIST}&from=2025-02-30", "badArgument"),
        (f"{LIST}&until=2025-01-01T00:00:00Z", "badArgument"),
        (f"{LIST}&set=topic:4&set=topic:1", "badArgument"),
        (f"{LIST}&set=topic:9", "noRecordsMatch"),
        (f"{LIST}&set=nonsense4", "noRecordsMatch"),
        (f"{LIST}&set=topic:" + "9" * 5000, "noRecordsMatch"),
        (f"{LIST}&until=1999-01-01", "noRecordsMatch"),
    ],
)
def test_errors_of_the_protocol(query, expected):
    record("A", code="a")
    record("Draft", code="draft", publish=False)

    assert error(harvest(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["a", "b", "c"]),
        ("&set=topic:1", ["a", "c"]),
        ("&set=kind:good_practice", ["a", "b", "c"]),
        ("&from=2025-02-01", ["b", "c"]),
        ("&until=2025-02-01", ["a", "b"]),
        ("&from=2025-02-01&until=2025-02-01", ["b"]),
        ("&set=topic:1&from=2025-02-01", ["c"]),
    ],
)
def test_harvest_by_set_and_day(query, expected):
    for code, topics, when in (("a", [1, 4], (2025, 1, 1)), ("b", [4], (2025, 2, 1)), ("c", [1], (2025, 3, 1))):
        day(record(code.upper(), code=code, topics=topics), date(*when))

    assert codes(harvest(LIST + query)) == expected
    assert codes(harvest(f"verb=ListRecords&metadataPrefix=oai_dc{query}")) == expected


def test_long_lists_are_resumed_to_their_end(monkeypatch):
    monkeypatch.setattr("repository.oai.BATCH", 3)
    for number in range(7):
        record("V", code=f"v{number}", topics=[1 if number == 3 else 4])

    found, query = [], f"{LIST}&set=topic:4"
    while query:
        root = harvest(query)
        found.append(codes(root))
        tokens = texts(root, "//o:resumptionToken")
        query = f"verb=ListIdentifiers&resumptionToken={tokens[0]}" if tokens and tokens[0] else ""

    assert found == [["v0", "v1", "v2"], ["v4", "v5", "v6"]]


def test_batch_is_fifty_and_the_last_token_is_empty():
    made = record("V", code="v")
    rows = [Record(code=f"v{number}", kind="x", title="V", summary="x", year=2024) for number in range(50)]
    for row in Record.objects.bulk_create(rows):
        open_to(row, "public")
        Record.objects.filter(pk=row.pk).update(state="published", published_on=made.published_on, was_public=True)

    first = harvest(LIST)
    (token,) = texts(first, "//o:resumptionToken")
    last = harvest(f"verb=ListIdentifiers&resumptionToken={token}")

    assert (len(codes(first)), codes(last)) == (50, ["v49"])
    assert texts(last, "//o:resumptionToken") == [None]


def test_only_what_guests_see_is_harvested(people):
    record("Draft", publish=False, by=people.marko)
    services.withdraw(record("Gone", for_members=True), by=people.lena, why="wrong")
    record("Members", for_members=True)
    record("Public", code="public")

    for person in (people.guest, people.marko, people.lena):
        assert codes(harvest(LIST, person)) == ["public"]


def test_repository_may_be_asked_by_post(client):
    record("A", code="a")

    answer = client.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})

    assert codes(etree.fromstring(answer.content)) == ["a"]


def test_request_is_repeated_in_the_answer():
    record("A", code="a")

    root = harvest(f"{LIST}&set=topic:4")

    asked = root.xpath("/o:OAI-PMH/o:request", namespaces=SPACES)[0]
    assert asked.text == "http://testserver/oai"
    assert dict(asked.attrib) == {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "topic:4"}


def test_what_was_withdrawn_is_told_as_deleted(people):
    record("Stays", code="stays")
    services.withdraw(record("Gone", code="gone"), by=people.lena, why="wrong")

    for prefix in ("oai_dc", "datacite"):
        root = harvest(f"verb=ListRecords&metadataPrefix={prefix}")
        rows = root.xpath("//o:record", namespaces=SPACES)
        assert [(row[0].get("status"), len(row)) for row in rows] == [(None, 2), ("deleted", 1)]
    one = harvest("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:clusterpolisee:gone")
    assert texts(one, "//o:header/@status") == ["deleted"]


def test_a_change_is_harvested_anew(people):
    made = day(record("Old", code="old"), date(2025, 1, 1))
    assert error(harvest(f"{LIST}&from=2025-02-01")) == "noRecordsMatch"

    services.change(made, by=people.lena, note="Newer", title={"en": "New"})
    assert codes(harvest(f"{LIST}&from=2025-02-01")) == ["old"]


def test_a_record_as_datacite(people):
    made = record("Vouchers", code="a", kind="dataset", concepts=["cluster-financing"], identifiers={})
    for code, publish in (("b", True), ("c", False)):
        other = record(f"Other {code}", code=code, publish=publish)
        trails.draw("repository.translation_of", made, other, by=people.lena)
    root = harvest("verb=GetRecord&metadataPrefix=datacite&identifier=oai:clusterpolisee:a")
    form = root.xpath("//k:resource", namespaces={"k": "http://datacite.org/schema/kernel-4"})[0]

    told = [(etree.QName(one).localname, one.text) for one in form.iter() if (one.text or "").strip()]
    (kinds,) = (dict(one.attrib) for one in form.iter() if etree.QName(one).localname == "relatedIdentifier")
    assert kinds == {"relatedIdentifierType": "URL", "relationType": "IsTranslationOf"}
    assert told == [
        ("identifier", "http://testserver/en/repository/a/"),
        ("creatorName", "A regional authority"),
        ("title", "Vouchers"),
        ("publisher", "ClusterPoliSEE"),
        ("publicationYear", "2024"),
        ("resourceType", "dataset"),
        ("subject", "Cluster financing"),
        ("language", "en"),
        ("relatedIdentifier", "http://testserver/en/repository/b/"),
        ("version", "1"),
        ("date", str(made.published_on)),
        ("rights", "CC-BY-4.0"),
        ("description", "What came of Vouchers."),
    ]


def test_a_record_with_a_doi_as_datacite():
    made = record("Vouchers", code="a", funding="Interreg")
    Record.objects.filter(pk=made.pk).update(doi="10.5072/a")
    root = harvest("verb=GetRecord&metadataPrefix=datacite&identifier=oai:clusterpolisee:a")
    form = root.xpath("//k:resource", namespaces={"k": "http://datacite.org/schema/kernel-4"})[0]

    found = {etree.QName(one).localname: (one.text, dict(one.attrib)) for one in form.iter()}
    assert found["identifier"] == ("10.5072/a", {"identifierType": "DOI"})
    assert found["alternateIdentifier"] == ("http://testserver/en/repository/a/", {"alternateIdentifierType": "URL"})
    assert found["funderName"] == ("Interreg", {})


def test_what_is_kept_for_members_after_it_was_public_is_gone_for_harvesters(people, client):
    made, hidden = record("Public", code="public"), record("Never", code="never", for_members=True)
    services.change(made, by=people.lena, note="For us", for_members=True)

    answer = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").content

    assert (answer.count(b'status="deleted"'), b"Public" in answer, hidden.code.encode() in answer) == (1, False, False)


def test_what_is_open_to_members_by_its_audience_alone_is_gone_too(client):
    access.set_audience(record("Public", code="public"), {"members"})

    answer = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:clusterpolisee:public").content

    assert (b'status="deleted"' in answer, b"<dc:title" in answer) == (True, False)
