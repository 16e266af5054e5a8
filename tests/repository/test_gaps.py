"""What is lacking, and asking those who could tell."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members import services as members
from platform_core.people.members.models import Affiliation, Organisation
from repository import gaps, services
from repository.declarations.requests import gap_facts
from repository.models import GapRequest
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to
from tests.settling import settle

pytestmark = pytest.mark.django_db


def table(person, query: str) -> dict[str, list[int]]:
    cache.clear()
    context = browser_of(person).get(f"/en/repository/gaps/?{query}").context
    found = {name: [cell["count"] for cell in cells] for name, cells in context["lines"]}
    assert context["empty"] == sum(row.count(0) for row in found.values())
    return {name: counts for name, counts in found.items() if any(counts)}


def fill() -> None:
    record("One", topics=[1, 4], countries=["AT"], terms={"cycle_stage": ["preparation"]})
    record("Two", topics=[4], countries=["AT", "EL"], regions=["EL30"], kind="report")
    record("Draft", topics=[6], publish=False)
    open_to(record("Hidden", topics=[5], countries=["EL"], regions=["EL30"], kind="report"), "members")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Austria": [1, 0, 0, 2, 0, 0], "Greece": [0, 0, 0, 1, 0, 0]}),
        ("rows=region", {"Attiki (EL30)": [0, 0, 0, 1, 0, 0]}),
        ("rows=kind", {"Good practice": [1, 0, 0, 1, 0, 0], "Report": [0, 0, 0, 1, 0, 0]}),
        ("rows=cycle_stage", {"Preparation": [1, 0, 0, 1, 0, 0]}),
        ("rows=country&kind=report", {"Austria": [0, 0, 0, 1, 0, 0], "Greece": [0, 0, 0, 1, 0, 0]}),
        ("rows=kind&cycle_stage=preparation", {"Good practice": [1, 0, 0, 1, 0, 0]}),
        ("rows=kind&country=EL", {"Report": [0, 0, 0, 1, 0, 0]}),
        ("rows=nonsense&kind=nonsense", {"Austria": [1, 0, 0, 2, 0, 0], "Greece": [0, 0, 0, 1, 0, 0]}),
    ],
)
def test_numbers_by_topic(people, query, expected):
    fill()

    assert table(people.guest, query) == expected


def test_members_count_what_they_see(people):
    fill()

    assert table(people.ana, "rows=region") == {"Attiki (EL30)": [0, 0, 0, 1, 1, 0]}


def test_cells_lead_to_records_or_to_asking(people):
    fill()

    def cell(person, topic: int) -> str:
        cache.clear()
        context = browser_of(person).get("/en/repository/gaps/?rows=country&kind=report").context
        return dict(context["lines"])["Greece"][topic - 1]["address"]

    assert cell(people.guest, 4) == "/en/repository/?kind=report&country=EL&topic=4"
    assert (cell(people.guest, 1), cell(people.ana, 1)) == ("", "")
    assert cell(people.wanda, 1) == "/en/repository/gaps/ask/?kind=report&country=EL&topic=1"


def test_the_table_is_taken_along(client):
    fill()

    lines = b"".join(client.get("/en/repository/gaps/?rows=kind&csv").streaming_content).decode().splitlines()

    assert (len(lines), lines[1]) == (19, "Good practice,1,0,0,1,0,0")


@pytest.fixture
def greek(people):
    """ana's organisation and carl's are Greek; carl's is no member."""
    Organisation.objects.filter(code__in=["org-ana", "org-carl"]).update(country="EL")
    Organisation.objects.filter(code="org-ana").update(region=vocabulary.region("EL30"))
    Affiliation.objects.update(is_admin=True)
    return people


ASK = "/en/repository/gaps/ask/?topic=4&region=EL30&kind=good_practice"


def test_members_of_the_place_are_asked_and_answer(greek):
    browser = browser_of(greek.wanda)
    form = browser.get(ASK).context["form"]
    own = Organisation.objects.get(code="org-ana")
    assert list(form.fields["organisations"].queryset) == [own]
    assert form.initial["text"] == (
        "The repository has nothing yet on “Financial framework improvement” from Attiki (EL30). "
        "Do you have this to tell: Good practice?"
    )

    browser.post(ASK, {"organisations": [own.pk], "text": "Please tell us."})
    settle()
    draft = record("Guarantees", by=greek.ana, publish=False)
    case = Case.objects.get()
    place = f"{case.get_absolute_url()}answer/told/"
    assert list(browser_of(greek.ana).get(place).context["extra"].fields["record"].queryset) == [draft]
    browser_of(greek.ana).post(place, {"record": draft.pk, "reason": "Here it is."})

    assert (Case.objects.get().answer, GapRequest.objects.get().answered_with) == ("told", draft)


def test_a_stage_is_named_where_it_was_asked_from(greek):
    browser, own = browser_of(greek.wanda), Organisation.objects.get(code="org-ana")
    place = "/en/repository/gaps/ask/?topic=4&cycle_stage=preparation"
    form = browser.get(place).context["form"]

    assert form.initial["text"] == (
        "The repository has nothing yet on “Financial framework improvement” from your region. "
        "Do you have this to tell: something others can learn from (stage of the policy cycle: Preparation)?"
    )
    assert list(form.initial["organisations"]) == []  # of no place: whom, she says herself
    browser.post(place, {"organisations": [own.pk], "text": "Please tell us."})
    assert dict(gap_facts(GapRequest.objects.get()))["Policy cycle"] == "Preparation"


def test_nobody_is_asked_twice_for_the_same(greek):
    own, browser = Organisation.objects.get(code="org-ana"), browser_of(greek.wanda)
    typed = {"organisations": [own.pk], "text": "Please tell us."}
    browser.post(ASK, typed)

    assert browser.post(ASK, typed).status_code == 422
    assert browser.post(ASK.replace("good_practice", "lesson"), typed).status_code == 302
    assert GapRequest.objects.count() == 2


def asked_by_wanda(greek, place: str = ASK) -> int:
    own = Organisation.objects.get(code="org-ana")
    return browser_of(greek.wanda).post(place, {"organisations": [own.pk], "text": "Please tell us."}).status_code


@pytest.mark.parametrize("end", ["nothing", "told", "taken back"])
def test_who_has_nothing_today_is_asked_again(greek, end):
    asked_by_wanda(greek)
    settle()
    if end == "taken back":
        cases.withdraw(Case.objects.get(), by=greek.wanda)
    else:
        cases.answer(Case.objects.get(), end, by=greek.ana, reason="Not yet.")

    assert (asked_by_wanda(greek), GapRequest.objects.filter(is_open=True).count()) == (302, 1)


@pytest.mark.parametrize(
    "broader", ["topic=4&region=EL30", "topic=4&kind=good_practice", "topic=4&region=EL30&cycle_stage=preparation"]
)
def test_a_narrower_request_stands_in_the_way_of_no_other(greek, broader):
    asked_by_wanda(greek, f"{ASK}&cycle_stage=preparation")

    assert asked_by_wanda(greek, f"/en/repository/gaps/ask/?{broader}") == 302


def offered_to(greek, person) -> set[str]:
    asked_by_wanda(greek)
    settle()
    return set(gaps.offered(GapRequest.objects.get(), person).values_list("code", flat=True))


def test_what_can_be_named_is_ones_own_to_see(greek):
    left = record("Left", code="left", by=greek.lena, publish=False)
    open_to(left, f"person:{greek.ana.pk}")
    members.affiliate(greek.lena, Organisation.objects.get(code="org-ana"))
    Affiliation.objects.filter(person=greek.lena, organisation__code="org-ana").update(
        begins="2020-01-01", ends="2021-01-01"
    )
    members.affiliate(greek.carl, Organisation.objects.get(code="org-ana"))
    record("Colleague", code="colleague", by=greek.carl, publish=False)
    record("Colleague too", code="published", by=greek.carl)
    services.withdraw(record("Gone", code="gone", by=greek.ana), by=greek.lena, why="Wrong")
    record("Mine", code="mine", by=greek.ana, publish=False)
    record("Ours", code="ours", organisation=Organisation.objects.get(code="org-ana"))
    record("Others", code="others", by=greek.marko)

    assert offered_to(greek, greek.ana) == {"published", "mine", "ours"}


def test_what_is_not_offered_cannot_be_named(greek):
    hidden = record("Colleague", by=greek.marko, publish=False)
    asked_by_wanda(greek)
    settle()
    place = f"{Case.objects.get().get_absolute_url()}answer/told/"

    assert browser_of(greek.ana).post(place, {"record": hidden.pk, "reason": "Here."}).status_code == 400
    with pytest.raises(ValidationError):
        gaps.tell(GapRequest.objects.get(), by=greek.ana, reason="Here.", record=hidden)


def test_a_region_fills_the_row_of_its_country(people):
    record("One", countries=[], regions=["EL30"])
    settle()

    assert table(people.guest, "rows=country") == {"Greece": [0, 0, 0, 1, 0, 0]}
    assert [row.address for row in browser_of(people.guest).get("/en/repository/?country=EL").context["rows"]] == [
        "/en/repository/one/"
    ]


def test_a_region_without_members_asks_those_of_its_country(greek):
    form = browser_of(greek.wanda).get("/en/repository/gaps/ask/?topic=4&region=EL52").context["form"]

    assert [str(one) for one in form.fields["organisations"].queryset] == ["Organisation org-ana"]


def test_a_place_without_members_says_so(greek):
    assert browser_of(greek.wanda).get("/en/repository/gaps/ask/?topic=4&country=SK").context["none"] is True


@pytest.mark.parametrize("query", ["", "?topic=9", "?topic=x"])
def test_nothing_is_asked_without_a_topic(greek, query):
    assert browser_of(greek.wanda).get(f"/en/repository/gaps/ask/{query}").status_code == 404


def test_who_asks(greek):
    answers = {name: browser_of(person).get(ASK).status_code for name, person in greek.each()}

    assert answers == {"lena": 200, "wanda": 200, "marko": 403, "ana": 403, "petra": 403, "carl": 403, "guest": 302}


def test_one_case_for_who_is_asked_and_only_she_answers(greek):
    own = Organisation.objects.get(code="org-ana")
    browser_of(greek.wanda).post(ASK, {"organisations": [own.pk], "text": "Please tell us."})
    settle()
    case = Case.objects.get()

    assert {name: browser_of(person).get(case.get_absolute_url()).status_code for name, person in greek.each()} == {
        "lena": 404,
        "wanda": 200,
        "marko": 404,
        "ana": 200,
        "petra": 404,
        "carl": 404,
        "guest": 302,
    }
    cases.answer(case, "nothing", by=greek.ana, reason="Not yet.")
    assert Case.objects.get().state == "answered"


def test_codes_that_nobody_knows_are_not_kept(greek):
    own = Organisation.objects.get(code="org-ana")
    place = f"/en/repository/gaps/ask/?topic=4&region=EL30&kind={'x' * 500}&cycle_stage=nonsense"
    browser_of(greek.wanda).post(place, {"organisations": [own.pk], "text": "Please tell us."})

    made = GapRequest.objects.get()
    assert (made.kind, made.cycle_stage) == ("", "")
