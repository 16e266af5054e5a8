"""What was published and is wrong is withdrawn: gone from every list, and its address says why."""

import pytest
from django.core.cache import cache

from benchmarking import publication
from benchmarking.models import Benchmark, PeerStudy
from benchmarking.selectors import neighbours
from benchmarking.services import peers, studies as services
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.vocabulary.days import platform_day
from platform_core.programme.search.models import SearchEntry
from repository.models import Record
from tests.consultations.views.pages import texts
from tests.factories import readings, studies
from tests.factories.benchmarks import approved, computed
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
WHY = "The figures of one country were in the wrong unit."


@pytest.fixture
def study(people):
    made = studies.peer_study(people.wanda)
    peers.compute(made, by=people.wanda)
    settle()
    return services.publish(made, by=people.wanda)


def test_a_benchmark_is_withdrawn_with_its_record(people):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    record = publication.publish(run.benchmark, by=people.wanda)
    settle()
    other = readings.run(readings.benchmark("other")).benchmark
    wanda, guest = browser_of(people.wanda), browser_of(people.guest)
    address, desk = run.benchmark.get_absolute_url(), run.benchmark.desk_address
    assert guest.get(f"{address}reading/").status_code == 200

    assert wanda.post(f"{desk}withdraw/", {"why": " "}).status_code == 400
    answers = [wanda.post(f"{desk}withdraw/", {"why": WHY, "instead": other.pk}) for _twice in range(2)]
    settle()
    cache.clear()

    assert [answer.url for answer in answers] == [address] * 2
    page = guest.get(address)
    assert (page.status_code, texts(page, "//main//section/p")) == (410, [WHY])
    assert texts(page, "//main//p/a[@href]") == ["Clusters compared"]
    assert {guest.get(f"{address}{rest}").status_code for rest in ("reading/", "runs/1/", "ranking/ranking.csv")} == {
        404
    }
    assert guest.get(f"/api/v1/benchmarks/{run.benchmark.code}").status_code == 404
    assert Record.objects.get(pk=record.pk).why_withdrawn == WHY
    assert not SearchEntry.objects.filter(thing="benchmarking.benchmark", object_id=run.benchmark_id).exists()
    assert wanda.get(desk).status_code == wanda.get(f"{address}reading/").status_code == 200


def test_a_study_is_withdrawn_and_compares_nobody(people, study):
    guest, desk = browser_of(people.guest), f"/en/desk/benchmarking/studies/peers/{study.code}/withdraw/"
    assert neighbours.study_read(people.guest) == study

    answer = browser_of(people.wanda).post(desk, {"why": WHY})
    settle()
    cache.clear()

    assert (answer.status_code, answer.url) == (302, study.get_absolute_url())
    assert neighbours.study_read(people.guest) is None
    assert texts(guest.get(study.get_absolute_url()), "//main//section/p") == [WHY]
    assert guest.get(f"{study.get_absolute_url()}AT11/").status_code == 404
    assert texts(guest.get("/en/benchmarking/peers/"), "//main//article//h3") == []
    assert PeerStudy.objects.get(pk=study.pk).rows.count() == 6


def test_trails_tell_what_was_withdrawn_and_why(people, study):
    kind = thing_kind("benchmarking.peerstudy")
    before = kind.gone(people.guest, study)
    withdrawn = services.withdraw(study, WHY, by=people.wanda)

    stone = kind.gone(people.guest, withdrawn)
    assert (before, str(stone.title), stone.reason, stone.address, stone.day) == (
        None,
        str(study.title),
        WHY,
        study.get_absolute_url(),
        platform_day(),
    )


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_nobody_else_withdraws(people, study, name):
    benchmark = readings.run().benchmark
    browser = browser_of(people.named(name))

    for desk in (study.desk_address, benchmark.desk_address):
        assert browser.post(f"{desk}withdraw/", {"why": WHY}).status_code in (302, 403, 404)
    assert (PeerStudy.objects.get().state, Benchmark.objects.get().state) == ("published", "published")
