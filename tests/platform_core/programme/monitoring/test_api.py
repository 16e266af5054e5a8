import pytest

from platform_core.programme.monitoring.services import evidence
from tests.factories.repository import record

pytestmark = pytest.mark.database


def test_programs_read_every_indicator(people, client):
    record("Vouchers")
    evidence.rebuild()
    told = {row["code"]: row for row in client.get("/api/v1/indicators").json()}

    assert len(told) == 30
    assert told["p04"] == {
        "code": "p04",
        "kind": "platform",
        "name": told["p04"]["name"],
        "unit": {"en": "practices", "bg": "практики", "el": "πρακτικές"},
        "definition": told["p04"]["definition"],
        "baseline": 0,
        "target": None,
        "period": None,
        "due_on": None,
        "rule": "repository.practices",
        "is_counted": True,
        "value": 1,
        "self_declared": None,
        "evidence": told["p04"]["evidence"],
        "table": f"{told['p04']['evidence']}?csv",
    }
    assert told["p04"]["name"]["en"] == "Good practices found and collected"
    assert told["p04"]["evidence"].endswith("/en/programme/indicators/p04/")
    assert (told["o02"]["target"], told["o02"]["period"]) == (23, "01")


@pytest.mark.parametrize(("query", "count"), [("kind=result", 7), ("period=01", 5), ("kind=x", 0)])
def test_programs_ask_for_some(people, client, query, count):
    assert len(client.get(f"/api/v1/indicators?{query}").json()) == count


def test_programs_ask_for_one(people, client):
    assert client.get("/api/v1/indicators/o01").json()["target"] == 6
    assert client.get("/api/v1/indicators/x").status_code == 404
    assert client.get("/api/v1/benchmarking/indicators").status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/indicators?kind=%00", "/en/programme/indicators/p04/?partner=%00"])
def test_a_nul_asks_for_nothing(people, client, address):
    assert client.get(address).status_code == 200
