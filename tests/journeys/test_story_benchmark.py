"""From nothing to a published benchmark, by the pages alone, in English and German."""

import pytest
from django.test import Client

from benchmarking.models import Benchmark, BenchmarkNode, Indicator, Run
from platform_core.exchange.cases.models import Case
from repository.models import Record
from tests.consultations.views.pages import parsed, texts
from tests.factories.benchmarks import GROUPS, REGIONS, YEAR, figures
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.database

CODE = "who-finances-clusters"
DESK = f"/en/desk/benchmarking/{CODE}/"


def fill(browser: Client, address: str, button: str = "next", **typed):
    """Send the form that has this button as a reader without JavaScript would, but for what is typed."""
    (form,) = parsed(browser.get(address)).xpath(f"//main//form[@method='post'][.//button[@name='{button}']]")
    held: dict[str, list[str]] = {}
    for name, value in form.form_values():
        held.setdefault(name, []).append(value)
    return browser.post(form.get("action") or address, {**held, button: "1", **typed})


def begin(browser: Client):
    typed = {"group": "4", "title": "Who finances clusters", "question": "Who does it better?", "preset": "simple"}
    return browser.post("/en/desk/benchmarking/new/", typed)


def choose(browser: Client, version) -> None:
    fill(browser, f"{DESK}steps/question/", year=str(YEAR))
    fill(browser, f"{DESK}steps/regions/", areas=list(REGIONS))
    fill(browser, f"{DESK}steps/indicators/", versions=[version.pk])
    root = BenchmarkNode.objects.get(parent=None)
    for name, codes in GROUPS.items():
        browser.post(f"{DESK}hierarchy/groups/", {"group-name": name.title(), "group-parent": root.pk})
        node = BenchmarkNode.objects.get(code=name)
        browser.post(f"{DESK}hierarchy/indicators/", {"indicators": list(codes), "parent": node.pk})


def test_from_nothing_to_a_published_benchmark(people):
    version = figures()
    wanda, lena = browser_of(people.wanda), browser_of(people.lena)
    assert begin(wanda).url == f"{DESK}steps/regions/"
    choose(wanda, version)
    assert Indicator.objects.count() == BenchmarkNode.objects.exclude(indicator="").count() == 4

    onward = [fill(wanda, f"{DESK}steps/{step}/").url for step in ("treatment", "weights", "aggregation", "robustness")]
    fill(wanda, f"{DESK}steps/reading/", "stay", reading="Invented figures.")
    settle()
    looked_at = wanda.get(f"{DESK}steps/treatment/")
    started = wanda.post(f"{DESK}runs/", {"note": "First"})
    waiting = wanda.get(started.url)
    settle()
    run = Run.objects.get()
    done = wanda.get(started.url)

    assert onward == [f"{DESK}steps/{step}/" for step in ("weights", "aggregation", "robustness", "reading")]
    assert texts(looked_at, "//section[@id='diagnosis']//table/caption") == ["What happens to each indicator"]
    assert parsed(waiting).xpath("//*[@hx-get]/@hx-get") == [f"/en/jobs/{run.job}/"]
    assert len(parsed(done).xpath("//section[@id='ranks']//tbody/tr")) == len(REGIONS)

    refused = wanda.post(f"{DESK}publish/")
    asked = wanda.post(f"{DESK}runs/1/ask/", {"people": [people.lena.pk], "due_on": "2099-12-31"})
    settle()
    case = Case.objects.get(kind="benchmarking.run_approval")
    lena.post(f"{case.get_absolute_url()}answer/approve/", {"reason": "Good."})
    settle()

    assert (refused.status_code, asked.url) == (403, DESK)
    assert Benchmark.objects.get().state == "approved"

    published = wanda.post(f"{DESK}publish/")
    settle()
    record = Record.objects.get()
    guest = Client()
    pages = {
        language: guest.get(f"/{language}/benchmarking/{CODE}/", headers={"accept-language": language})
        for language in ("en", "de")
    }

    assert published.url == f"/en/repository/{record.code}/"
    assert {page.status_code for page in pages.values()} == {200}
    assert [len(parsed(page).xpath("//main//tbody/tr")) for page in pages.values()] == [len(REGIONS)] * 2
    assert sorted(record.description) == sorted(["en", "it", "de", "hu", "ro", "bg", "el", "sk", "sl", "hr", "sr"])
    assert guest.get("/en/search/", {"q": "finances", "in": "benchmarking.benchmark"}).context["answer"].total == 1
    assert guest.get(f"/api/v1/benchmarks/{CODE}/runs/1").json()["sha256"] == run.sha256
    assert wanda.post(f"{DESK}steps/treatment/", {"screen": "1"}).status_code == 403
