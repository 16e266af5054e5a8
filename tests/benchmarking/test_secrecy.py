"""What is in preparation is its group's alone: every address of the room, read and written to, by everybody else."""

import re

import pytest

from benchmarking import urls
from benchmarking.services import peers
from platform_core.identity.access import services as access
from tests.factories import data, policies, studies
from tests.factories.benchmarks import complete, figures
from tests.people import browser_of

pytestmark = pytest.mark.django_db
PART = re.compile(r"<(?:\w+:)?(\w+)>")
OPEN = (  # what everybody reads, whatever is in preparation
    "benchmarking/charts/", "benchmarking/excellence/sets/", "benchmarking/policies/rubric/", "benchmarking/methods/",
)  # fmt: skip
STRANGERS = ("ana", "carl", "guest")


@pytest.fixture
def drafts(people):
    """By what stands in an address: the code or key of something in preparation."""
    found = complete(people.wanda, figures("benchmarked"))
    hidden = data.data_set("hidden")
    access.set_audience(hidden, {"group:4"})
    version = data.version(hidden, ("secret", "AT12", 2020, 1.0))
    access.set_audience(version, {"group:4"})
    study = studies.peer_study(people.wanda)
    peers.compute(study, by=people.wanda)
    mapped = studies.cluster_map(people.wanda, study.versions.get(), title={"en": "Sectors"})
    swot = policies.swot(people.wanda)
    card = policies.scorecard(people.wanda)
    cluster = policies.cluster()
    own = policies.submitted(policies.manager(cluster), cluster)
    return {
        "peers/<slug:code>": study.code,
        "clusters/<slug:code>": mapped.code,
        "data/<slug:code>": "hidden",
        "indicators/<slug:code>": "secret",
        "policies/areas/<slug:code>": "AT12",
        "begin/<slug:code>": cluster.code,
        "<slug:code>": found.code,
        "swots/points/<int:pk>": policies.point(swot, people.wanda).pk,
        "swots/<int:pk>": swot.pk,
        "measures/<int:pk>": policies.measure(card, people.wanda).pk,
        "policies/<int:pk>": card.pk,
        "hierarchy/<int:pk>": found.nodes.exclude(parent=None).first().pk,
        "<int:pk>": own.pk,
    }


def addresses(drafts) -> list[str]:
    """All that name something; numbers are 1 but for groups, which are that of the drafts."""
    found = []
    others = {"area": "AT12", "sector": "wood", "chart": "ranking", "form": "csv", "language": "en", "step": "weights"}
    for route in (str(one.pattern) for one in urls.urlpatterns):
        if "<" in route and not route.startswith(OPEN):
            key = next((value for part, value in drafts.items() if part in route), None)
            number = 4 if "begin/<int:number>" in route else 1
            told = {**others, "code": key, "pk": key, "number": number}
            found.append("/en/" + PART.sub(lambda part, told=told: str(told[part[1]]), route))
    return found


@pytest.mark.parametrize("name", STRANGERS)
def test_drafts_are_nobody_else_s(people, drafts, name):
    browser = browser_of(people.named(name))
    seen, done = set(), set()
    for address in addresses(drafts):
        read, written = browser.get(address), browser.post(address, {"why": "x", "publish": "1"})
        seen |= (
            {address}
            if read.status_code not in (403, 404, 405) and "/login/" not in read.get("Location", "")
            else set()
        )
        refused = written.status_code in (403, 404, 405) or "/login/" in written.get("Location", "")
        done |= set() if refused else {address}

    assert (seen, done) == (set(), set())
