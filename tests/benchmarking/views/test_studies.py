import csv
import io

import pytest

from benchmarking.models import Area, ClusterMap, PeerStudy
from benchmarking.selectors import clusters
from benchmarking.services import studies
from platform_core.programme.search.models import SearchEntry
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories import studies as factory
from tests.people import browser_of, hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.django_db
DESK = "/en/desk/benchmarking/studies/"
NAMES = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")


def names_of(*codes: str) -> list[str]:
    held = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    return [held[code] for code in codes]


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_choosing_a_region_leads_to_its_peers(study, people):
    browser = browser_of(people.guest)

    answer = browser.get("/en/benchmarking/peers/alike/?region=AT11")

    assert (answer.status_code, answer.url) == (302, "/en/benchmarking/peers/alike/AT11/")
    assert "This region is not in the study." in browser.get("/en/benchmarking/peers/alike/?region=XX").content.decode()


def test_the_page_of_a_region(study, people):
    answer = browser_of(people.guest).get("/en/benchmarking/peers/alike/AT11/?distance=manhattan&own=0&number=5")

    assert texts(answer, "//table[@class='data']/tbody/tr/th/a") == names_of("BG32", "RO11", "BG31", "RO12")
    assert texts(answer, "//figure[@class='cross']//thead/tr/th")[0] == f"{names_of('AT11')[0]} AT11"
    assert texts(answer, "//figure[@class='cross']//tbody/tr[th/text()='AGE']/td")[:2] == [
        "40.0 2020, p",
        "41.0 2020, p",
    ]


def test_what_is_no_choice_is_as_the_study_has_it(study, people):
    answer = browser_of(people.guest).get(
        "/en/benchmarking/peers/alike/AT11/?distance=nonsense&own=x&number=9999999999"
    )

    assert answer.context["asked"] == answer.context["asked"].__class__("euclidean", True, 10)


def test_the_list_as_a_file(study, people):
    rows = rows_of(browser_of(people.guest).get("/en/benchmarking/peers/alike/AT11/peers.csv?distance=manhattan"))

    assert rows[0][:4] == ["region", "rank", "peer", "peer_name"]
    assert rows[1][:4] == ["AT11", "1", "AT12", *names_of("AT12")]


def test_all_lists_as_a_file(study, people):
    rows = rows_of(browser_of(people.guest).get("/en/benchmarking/peers/alike/peers.csv"))

    assert len(rows) == 1 + 6 * 5


@pytest.mark.parametrize("address", ["XX99/", "XX99/peers.csv", "AT11/x/"])
def test_unknown_regions_are_not_found(study, people, address):
    assert browser_of(people.guest).get(f"/en/benchmarking/peers/alike/{address}").status_code == 404


def test_a_page_of_a_region_asks_the_same_whatever_the_size(people, study):
    browser = browser_of(people.guest)
    browser.get("/en/benchmarking/peers/alike/AT11/")

    counts = {queries(browser, f"/en/benchmarking/peers/alike/AT11/?number={number}&own=1") for number in (5, 20)}

    assert len(counts) == 1


@pytest.mark.parametrize("page", ["peers/alike/", "peers/alike/AT11/", "peers/alike/peers.csv"])
def test_who_sees_a_study_in_preparation(people, told, page):
    factory.finished(factory.peer_study(people.wanda, told), people.wanda, publish=False)

    seen = {name: browser_of(people.named(name)).get(f"/en/benchmarking/{page}").status_code for name in NAMES}

    assert seen == {**dict.fromkeys(NAMES, 404), "lena": 200, "wanda": 200}


def test_a_study_in_preparation_is_in_no_list_and_not_found(people, told):
    factory.finished(factory.peer_study(people.wanda, told), people.wanda, publish=False)
    settle()

    assert texts(browser_of(people.lena).get("/en/benchmarking/peers/"), "//article//h2") == []
    assert SearchEntry.objects.filter(thing="benchmarking.peerstudy").count() == 0


def test_a_published_study_is_listed_and_found(people, study):
    settle()

    assert texts(browser_of(people.guest).get("/en/benchmarking/peers/"), "//article//h2") == ["Alike"]
    assert SearchEntry.objects.filter(thing="benchmarking.peerstudy").count() == 1


@pytest.mark.parametrize("kind", ["peers", "clusters"])
def test_the_lists_ask_the_same_for_one_and_three(people, told, kind):
    make = factory.peer_study if kind == "peers" else factory.cluster_map
    browser, counts = browser_of(people.guest), []
    browser.get(f"/en/benchmarking/{kind}/")
    for number in range(3):
        factory.finished(make(people.wanda, told, title={"en": f"Number {number}"}), people.wanda)
        if number in (0, 2):
            counts.append(queries(browser, f"/en/benchmarking/{kind}/?page={number}"))

    assert counts[0] == counts[1]


def test_the_heat_table(people, map_of):
    answer = browser_of(people.guest).get("/en/benchmarking/clusters/sectors/")

    assert texts(answer, "//figure[@class='cross']//thead//th") == ["Region", "WOOD", "SHIPS"]
    assert texts(answer, "//figure[@class='cross']//tbody/tr[6]/td") == ["not known", "1.01 700"]


@pytest.mark.parametrize(
    ("asked", "regions"),
    [("country=BG", 2), ("words=RO1", 2), ("words=burgen", 1), ("sector=wood", 1), ("country=XX", 0)],
)
def test_the_heat_table_is_narrowed(people, map_of, asked, regions):
    answer = browser_of(people.guest).get(f"/en/benchmarking/clusters/sectors/?{asked}")

    assert len(answer.context["rows"]) == regions


def test_strengths_of_a_region_with_their_size(people, map_of):
    answer = browser_of(people.guest).get("/en/benchmarking/clusters/sectors/regions/RO11/")

    first = texts(answer, "//table[@class='data'][1]/tbody/tr[1]/*")
    assert first[:2] == ["WOOD", "6,000 2020"]
    assert texts(answer, "//figure[@id='chart-quotients']//tbody/tr[1]/*")[:4] == ["WOOD", "wood", "2.04", "6,000"]


def test_a_sector_across_regions(people, map_of):
    answer = browser_of(people.guest).get("/en/benchmarking/clusters/sectors/sectors/wood/")

    rows = "//table[@class='data'][not(ancestor::details)]/tbody/tr[count(*) > 4]"
    names = [name.split()[-1] for name in texts(answer, f"{rows}/th")]
    assert names == ["RO11", "BG32", "BG31", "AT12", "AT11", "RO12"]
    assert "Nothing is known of 1 region." in answer.content.decode()


def test_change_by_region(people, map_of):
    answer = browser_of(people.guest).get("/en/benchmarking/clusters/sectors/change/?country=AT")

    assert [row[1] for row in answer.context["rows"]] == ["−180", "−100"]


def test_files_of_a_map(people, map_of):
    browser = browser_of(people.guest)

    cells = rows_of(browser.get("/en/benchmarking/clusters/sectors/cells.csv"))
    change = rows_of(browser.get("/en/benchmarking/clusters/sectors/change.csv"))

    assert (len(cells), len(change)) == (1 + 12, 1 + 6)
    assert cells[-2][:6] == ["RO12", *names_of("RO12"), "wood", "2020", "", "c"]


@pytest.mark.parametrize("page", ["regions/XX/", "sectors/none/", "nothing/"])
def test_what_is_not_in_a_map_is_not_found(people, map_of, page):
    assert browser_of(people.guest).get(f"/en/benchmarking/clusters/sectors/{page}").status_code == 404


def test_the_page_of_a_region_tells_of_both(people, study, map_of):
    page = browser_of(people.guest).get("/en/regions/RO11/").content.decode()

    assert "/en/benchmarking/peers/alike/RO11/" in page
    assert "/en/benchmarking/clusters/sectors/regions/RO11/" in page


@pytest.mark.parametrize("page", ["peers", "clusters", "shift-share"])
def test_methods_are_told_in_words(people, page):
    answer = browser_of(people.guest).get(f"/en/benchmarking/methods/{page}/")

    assert {"What it does", "When not to use it", "Source"} <= set(texts(answer, "//h2"))


def test_who_sees_the_desk(people, told):
    factory.peer_study(people.wanda, told)
    browsers = {name: browser_of(people.named(name)) for name in NAMES}
    pages = {
        page: {name: browser.get(DESK + page).status_code for name, browser in browsers.items()}
        for page in ("", "peers/alike/", "peers/new/")
    }

    expected = {**dict.fromkeys(NAMES, 403), "lena": 200, "wanda": 200, "guest": 302}
    assert pages == dict.fromkeys(pages, expected)


@pytest.mark.parametrize("deed", ["compute", "publish", "drop"])
def test_deeds_are_refused_to_everyone_else(people, told, deed):
    factory.peer_study(people.wanda, told)
    hold_anyway(people.ana, "wg_leader", "group:3")

    seen = {name: browser_of(people.named(name)).post(f"{DESK}peers/alike/{deed}/").status_code for name in NAMES[2:]}

    assert seen == {**dict.fromkeys(NAMES[2:], 403), "guest": 302}
    assert PeerStudy.objects.get().computed_at is None


def test_a_study_is_made_in_steps(people, told):
    browser = browser_of(people.wanda)
    begun = browser.get(f"{DESK}peers/new/").context["form"]["key"].value()
    typed = {"group": 4, "title": "Like us", "versions": [told.pk], "year": 2020, "age": 1, "key": begun}

    answer = browser.post(f"{DESK}peers/new/", typed)
    assert answer.url == f"{DESK}peers/like-us/parts/"
    page = browser.get(answer.url)
    assert texts(page, "//section[h2 or .//h2]//ul[@class='plain']/li")[0].startswith("GDP")
    answer = browser.post(answer.url, variables(page, size="geography", age="people"))
    assert answer.url == f"{DESK}peers/like-us/method/"
    method = {"distance": "manhattan", "number": 5, "own_country": "on", "share": "0.7", "skew": "1"}
    assert browser.post(answer.url, method).url == f"{DESK}peers/like-us/"
    browser.post(f"{DESK}peers/like-us/compute/")
    settle()
    assert texts(browser.get(f"{DESK}peers/like-us/"), "//table[@class='data']/tbody/tr/th") == ["SIZE", "AGE"]
    browser.post(f"{DESK}peers/like-us/publish/")

    made = PeerStudy.objects.get()
    assert (made.state, made.distance, made.number, made.rows.count()) == ("published", "manhattan", 5, 6)


def variables(page, **blocks) -> dict[str, str]:
    form = page.context["form"]
    typed = {name: str(form[name].value()) for name in form.fields}
    for one in form.indicators:
        typed[f"block_{one.pk}"] = blocks.get(one.code, "")
    return typed


def test_a_map_is_made_in_steps(people, told):
    browser = browser_of(people.wanda)
    begun = browser.get(f"{DESK}clusters/new/").context["form"]["key"].value()
    typed = {"group": 4, "title": "Jobs", "versions": [told.pk], "year": 2020, "age": 0, "key": begun}

    answer = browser.post(f"{DESK}clusters/new/", typed)
    wood, ships, output = factory.indicators("wood", "ships", "output")
    chosen = {f"use_{wood.pk}": "on", f"use_{ships.pk}": "on", f"output_{wood.pk}": output.pk}
    answer = browser.post(answer.url, chosen)
    assert answer.url == f"{DESK}clusters/jobs/method/"
    told = {"edition": "observatory-2007", "persons": 1, "year_before": 2015, "other_specialisation": "1.2"}
    assert browser.post(answer.url, told).url == f"{DESK}clusters/jobs/"
    browser.post(f"{DESK}clusters/jobs/compute/")
    settle()

    made = ClusterMap.objects.get()
    assert (made.thresholds, made.rows.count(), made.regions.count()) == ({"specialisation": 1.2}, 12, 6)
    assert browser.get(f"{DESK}clusters/jobs/").status_code == 200


@pytest.mark.parametrize(
    ("page", "typed", "field"),
    [
        ("settings", {"title": "", "year": 2020, "age": 1}, "title"),
        ("settings", {"title": "x", "year": 1066, "age": 1}, "year"),
        ("settings", {"title": "x", "year": 2020, "age": 1, "versions": [999]}, "versions"),
        ("settings", {"title": "x", "year": 2020, "age": 1, "countries": ["XX"]}, "countries"),
        ("method", {"distance": "cosine", "number": 5, "share": 0.7, "skew": 1}, "distance"),
        ("method", {"distance": "manhattan", "number": 500, "share": 0.7, "skew": 1}, "number"),
        ("method", {"distance": "manhattan", "number": 5, "share": 2, "skew": 1}, "share"),
        ("parts", {}, "__all__"),
    ],
)
def test_what_is_wrong_stands_at_its_field(people, told, page, typed, field):
    factory.peer_study(people.wanda, told)

    answer = browser_of(people.wanda).post(f"{DESK}peers/alike/{page}/", typed)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors or page == "parts"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"other_productivity": "0.5"}, "other_productivity"),
        ({"other_size": "3"}, "other_size"),
        ({"year_before": "2020"}, "year_before"),
        ({"persons": "0"}, "persons"),
        ({"edition": "none"}, "edition"),
    ],
)
def test_thresholds_that_cannot_be(people, told, typed, field):
    factory.cluster_map(people.wanda, told, title={"en": "Jobs"})
    right = {"edition": "observatory-2007", "persons": "1"}

    answer = browser_of(people.wanda).post(f"{DESK}clusters/jobs/method/", {**right, **typed})

    assert (answer.status_code, field in answer.context["form"].errors) == (400, True)


def test_a_stale_form_overwrites_nothing(people, told):
    study = factory.peer_study(people.wanda, told)
    browser = browser_of(people.wanda)
    form = browser.get(f"{DESK}peers/alike/method/").context["form"]
    studies.change(study, by=people.wanda, number=7)

    answer = browser.post(
        f"{DESK}peers/alike/method/", {**{name: form[name].value() for name in form.fields}, "number": 9}
    )

    study.refresh_from_db()
    assert (answer.status_code, study.number) == (400, 7)


def test_a_published_study_has_no_steps_any_more(people, study):
    browser = browser_of(people.wanda)

    pages = {
        page: browser.get(f"{DESK}peers/alike/{page}").status_code for page in ("", "settings/", "parts/", "method/")
    }

    assert pages == {"": 200, "settings/": 403, "parts/": 403, "method/": 403}


def test_one_that_nobody_needs_is_dropped(people, told):
    factory.peer_study(people.wanda, told)

    answer = browser_of(people.wanda).post(f"{DESK}peers/alike/drop/")

    assert (answer.url, PeerStudy.objects.count()) == (DESK, 0)


def test_the_page_of_the_group_leads_to_it(people, told):
    factory.peer_study(people.wanda, told)

    links = parsed(browser_of(people.wanda).get("/en/groups/4/")).xpath("//a/@href")

    assert {f"{DESK}peers/alike/", f"{DESK}peers/new/?group=4", f"{DESK}clusters/new/?group=4"} <= set(links)


def test_the_page_of_a_country_tells_in_what_most_of_its_regions_are_strong(people, map_of):
    country = map_of.rows.filter(stars__gt=0).values_list("area__country", flat=True).first()
    page = browser_of(people.guest).get(f"/en/countries/{country}/")

    strong = map_of.rows.filter(area__country=country, stars__gt=0)
    wanted = {
        code: strong.filter(sector__employment__code=code).count()
        for code in strong.values_list("sector__employment__code", flat=True)
    }
    told = clusters.strong_in(map_of, country)
    assert {sector.employment.code: sector.places for sector in told} == wanted
    addresses = parsed(page).xpath("//a[starts-with(@href, '/en/benchmarking/clusters/sectors/')]/@href")
    assert addresses == [
        f"/en/benchmarking/clusters/sectors/?country={country}",
        *(f"/en/benchmarking/clusters/sectors/sectors/{sector.employment.code}/" for sector in told),
    ]
