"""What programs get of studies, scorecards and SWOTs: what a guest may see, and nothing before it is published."""

import pytest

from benchmarking.models import ClusterMap, PeerStudy, Study
from platform_core.identity.access import services as access
from tests.factories import policies, studies
from tests.factories.assessments import add_experts
from tests.settling import settle

pytestmark = pytest.mark.database


def asked(client, address: str):
    return client.get(f"/api/v1/{address}")


def opened(found) -> None:
    """As if it had been computed and published."""
    type(found).objects.filter(pk=found.pk).update(
        state=Study.State.PUBLISHED, computed_at="2026-01-01T00:00Z", published_at="2026-01-01T00:00Z"
    )
    access.set_audience(found, {"public"})


def test_nothing_is_there_before_it_is_published(people, client):
    told = studies.version()
    found, mapped = studies.peer_study(people.wanda, told), studies.cluster_map(people.wanda, told)
    card, swot = policies.scorecard(people.wanda), policies.swot(people.wanda)
    addresses = (f"peers/{found.code}", f"clusters/{mapped.code}", f"scorecards/{card.pk}", f"swots/{swot.pk}")

    assert [asked(client, address).status_code for address in addresses] == [404] * 4
    lists = [asked(client, address).json()["found"] for address in ("peers", "clusters", "scorecards", "swots")]
    assert lists == [[], [], [], []]


def test_studies_tell_what_they_stand_on(people, client):
    settle()
    held = studies.version()
    opened(studies.peer_study(people.wanda, held))
    opened(studies.cluster_map(people.wanda, held))
    peers, clusters = PeerStudy.objects.get(), ClusterMap.objects.get()

    told = asked(client, f"peers/{peers.code}").json()
    assert {name: told[name] for name in ("code", "distance", "number", "topic")} == {
        "code": peers.code, "distance": peers.distance, "number": peers.number, "topic": 4,
    }  # fmt: skip
    assert {one["indicator"] for one in told["variables"]} == {
        one.indicator.code for one in peers.variables.select_related("indicator")
    }
    assert [one["code"] for one in asked(client, "peers").json()["found"]] == [peers.code]
    assert asked(client, f"clusters/{clusters.code}").json()["sectors"] == [
        one.employment.code for one in clusters.sectors.select_related("employment")
    ]
    assert asked(client, f"peers/{peers.code}/areas/XX99").status_code == 404


def test_a_scorecard_has_every_line_and_missing_is_not_zero(people, client):
    card = policies.published(people, add_experts())

    told = asked(client, f"scorecards/{card.pk}").json()
    rated = {one["line"]: one["score"] for one in told["lines"] if one["score"] is not None}
    assert (told["area"], told["raters"], len(told["lines"])) == ("AT12", card.raters, 33)
    assert rated == {score.criterion.code: float(score.median) for score in card.scores.select_related("criterion")}
    assert [one["id"] for one in asked(client, "scorecards").json()["found"]] == [card.pk]
