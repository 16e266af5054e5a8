"""Writing, approving, reading and comparing SWOTs over HTTP."""

import pytest

from benchmarking.models import Swot, SwotEntry
from benchmarking.services import swots as services
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories import findings
from tests.factories.policies import area, point, swot
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/desk/benchmarking/swots/", "/en/benchmarking/swots/"
POINT = {"quadrant": "strength", "topic": 4, "title": "Steady financing", "link": "https://example.org/"}


def approved(people, code: str = "AT12", title: str = "Steady financing", **fields) -> Swot:
    found = swot(people.wanda, code, **fields)
    point(found, people.wanda, title)
    return services.approve(found, by=people.wanda)


def test_the_group_writes_approves_and_everybody_reads(people):
    wanda, guest = browser_of(people.wanda), browser_of(people.guest)
    made = wanda.post(f"{DESK}begin/4/", {"area": area().pk, "begins": 2024, "ends": 2026})
    assert wanda.post(f"{DESK}{Swot.objects.get().pk}/points/", POINT).url == made.url
    assert guest.get(made.url).status_code == 404

    page = wanda.get(f"{DESK}{Swot.objects.get().pk}/approve/")
    (form,) = parsed(page).xpath("//form[.//input[@name='points']]")
    wanda.post(f"{DESK}{Swot.objects.get().pk}/approve/", dict(form.form_values()))

    assert texts(guest.get(made.url), "//article/h3") == ["Steady financing"]
    assert texts(guest.get(PUBLIC), "//article/h2") == ["Niederösterreich (AT12)"]


def test_what_changed_meanwhile_is_looked_at_again(people):
    found = swot(people.wanda)
    point(found, people.wanda)
    wanda = browser_of(people.wanda)
    (form,) = parsed(wanda.get(f"{DESK}{found.pk}/approve/")).xpath("//form[.//input[@name='points']]")
    point(found, people.lena, "One more")

    page = wanda.post(f"{DESK}{found.pk}/approve/", dict(form.form_values()))

    assert (page.status_code, Swot.objects.get().state) == (400, "draft")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"quadrant": "luck"}, "quadrant"),
        ({"topic": 9}, "topic"),
        ({"link": "nonsense"}, "link"),
        ({"record": "/en/nowhere/"}, "record"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(people, typed, field):
    found = swot(people.wanda)
    page = browser_of(people.wanda).post(f"{DESK}{found.pk}/points/", {**POINT, **typed})

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert (SwotEntry.objects.count(), page.context["form"].data["link"]) == (0, {**POINT, **typed}["link"])


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("wanda", 200), ("marko", 404), ("ana", 404), ("petra", 404), ("guest", 302)]
)
def test_who_opens_the_form(people, name, status):
    found = swot(people.wanda)

    assert browser_of(people.named(name)).get(f"{DESK}{found.pk}/points/").status_code == status


def test_regions_side_by_side(people):
    approved(people)
    approved(people, "HU32", "Cheap land")

    page = browser_of(people.guest).get(f"{PUBLIC}compare/?area=AT12&area=HU32")

    assert texts(page, "//tbody/tr[1]/td/ul/li/a") == ["Steady financing", "Cheap land"]
    assert texts(page, "//tbody/tr[1]/td//details//a") == ["Report", "Report"]
    lines = browser_of(people.guest).get(f"{PUBLIC}compare/?area=AT12&area=HU32&csv")
    assert len(b"".join(lines.streaming_content).splitlines()) == 3


def test_unknown_regions_are_refused_and_five_are_too_many(people):
    assert browser_of(people.guest).get(f"{PUBLIC}compare/?area=XX99").status_code == 400
    for code in ("AT12", "AT31", "HU32", "SI04", "RO21"):
        approved(people, code)

    page = browser_of(people.guest).get(f"{PUBLIC}compare/?area=AT12&area=AT31&area=HU32&area=SI04&area=RO21")

    assert (page.status_code, page.context["form"].errors["area"]) == (400, ["Please choose four at most."])


def test_a_point_is_read_with_its_evidence(people):
    found = swot(people.wanda)
    made = point(found, people.wanda, evidence=[{"record": record("Vouchers")}])
    services.approve(found, by=people.wanda)

    page = browser_of(people.guest).get(made.get_absolute_url())

    assert texts(page, "//section//li/a[contains(@href, '/repository/') or contains(@href, '/records/')]")[:1] == [
        "Vouchers"
    ]


def test_a_point_names_a_finding_by_the_address_of_its_page(people):
    found, told = swot(people.wanda), findings.finding(findings.published(), people.wanda)
    wanda = browser_of(people.wanda)
    address = f"http://testserver{told.get_absolute_url()}"
    typed = {**POINT, "link": "", "record": address}

    assert wanda.post(f"{DESK}{found.pk}/points/", typed).status_code == 302
    made = SwotEntry.objects.get()
    page = wanda.get(f"{DESK}points/{made.pk}/")
    assert page.context["form"]["record"].value() == told.get_absolute_url()
    services.approve(found, by=people.wanda)
    for place in (made.get_absolute_url(), found.get_absolute_url(), f"{PUBLIC}compare/?area=AT12"):
        shown = browser_of(people.guest).get(place)
        assert texts(shown, f"//a[@href='{told.get_absolute_url()}']")[0] == "Too much paper"


def test_what_is_neither_record_nor_finding_is_refused(people):
    found = swot(people.wanda)
    typed = {**POINT, "record": "http://testserver/en/topics/finance/"}

    page = browser_of(people.wanda).post(f"{DESK}{found.pk}/points/", typed)

    assert page.context["form"].errors == {
        "record": ["There is no record and no finding at this address that you may see."]
    }


def test_the_lists_cost_the_same_with_one_and_with_three(people):
    found = approved(people)
    browser = browser_of(people.marko)
    with_one = [queries(browser, address) for address in (PUBLIC, found.get_absolute_url())]
    for code in ("AT31", "HU32"):
        approved(people, code)
    Swot.objects.filter(pk=found.pk).update(state="draft", approved_on=None)
    for title in ("Two", "Three"):
        point(found, people.wanda, title)
    found.refresh_from_db()
    services.approve(found, by=people.wanda)

    assert [queries(browser, address) for address in (PUBLIC, found.get_absolute_url())] == with_one


def test_the_method_and_a_region_lead_there(people):
    found = approved(people)
    guest = browser_of(people.guest)

    assert guest.get("/en/benchmarking/methods/swot/").status_code == 200
    assert len(parsed(guest.get("/en/regions/AT12/")).xpath(f"//a[@href='{found.get_absolute_url()}']")) == 1
