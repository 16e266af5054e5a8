"""Records of projects name clusters of the directory, and the pages of these show them."""

import pytest
from django.urls import reverse
from lxml import html

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.people.members import merging
from platform_core.people.members.models import Organisation
from repository import services
from repository.models import Proposal, Record
from tests.consultations.views.pages import queries, texts
from tests.factories.repository import record
from tests.people import add_organisation, browser_of
from tests.settling import settle

from .test_api_changing import patch
from .test_api_proposing import propose
from .test_api_writing import API, GIVEN, post, program
from .test_kinds import CORE, deposit, grouped
from .test_versions import typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "//section[@aria-labelledby='took-part']//a"


@pytest.fixture
def timber() -> Organisation:
    return add_organisation("timber", kind="cluster_organisation", country="BG")


@pytest.fixture
def food() -> Organisation:
    return add_organisation("food", kind="cluster_organisation", country="AT")


def project(*clusters: Organisation, **fields) -> Record:
    return record("Timber", code="vouchers", kind="project", clusters=[one.pk for one in clusters], **fields)


def named(made: Record) -> list[str]:
    return list(made.clusters.order_by("code").values_list("code", flat=True))


def shown_on(browser, organisation: Organisation) -> list[str]:
    return texts(browser.get(organisation.get_absolute_url()), PAGE)


def test_a_project_names_clusters_chosen_by_country(people, timber, food):
    marko = browser_of(people.marko)
    form = marko.get(reverse("repository:deposit", args=["project"]))

    answer = marko.post(reverse("repository:deposit", args=["project"]), CORE | {"clusters": [timber.pk]})

    options = html.fromstring(form.content).xpath("//fieldset[@id='id_clusters']//input/@value")
    assert list(grouped(form, "clusters")) == ["Austria", "Bulgaria"]
    assert options == [str(food.pk), str(timber.pk)]
    made = Record.objects.get()
    assert (answer.status_code, named(made)) == (302, ["timber"])
    again = marko.get(reverse("repository:change", args=[made.code]))
    assert grouped(again, "clusters") == {"Austria": [], "Bulgaria": [str(timber.pk)]}


@pytest.mark.parametrize("chosen", ["0", "timber", "own"])
def test_only_clusters_of_the_directory_can_be_named(people, timber, chosen):
    own = Organisation.objects.get(code="org-lena")
    typed = CORE | {"clusters": [own.pk if chosen == "own" else chosen]}

    answer = browser_of(people.marko).post(reverse("repository:deposit", args=["project"]), typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["clusters"])
    assert Record.objects.count() == 0


def test_other_kinds_do_not_ask_it(people, timber):
    deposit(people.marko, clusters=[timber.pk])

    assert named(Record.objects.get()) == []
    form = browser_of(people.marko).get(reverse("repository:deposit", args=["good_practice"])).context["form"]
    assert "clusters" not in form.fields


def test_pages_lead_from_one_to_the_other(people, timber, food):
    made = project(timber)
    guest = browser_of(people.guest)

    page = html.fromstring(guest.get(made.get_absolute_url()).content)
    leads = page.xpath("//section[@aria-labelledby='clusters']//a/@href")
    assert leads == [timber.get_absolute_url()]
    assert (shown_on(guest, timber), shown_on(guest, food)) == (["Timber"], [])


@pytest.mark.parametrize(
    ("name", "sees"), [("guest", False), ("carl", False), ("petra", False), ("ana", True), ("lena", True)]
)
def test_a_profile_shows_what_its_reader_may_see(people, timber, name, sees):
    project(timber, for_members=True)
    record("Draft", kind="project", clusters=[timber.pk], publish=False, by=people.lena)

    assert shown_on(browser_of(people.named(name)), timber) == (["Timber"] if sees else [])


def test_a_profile_costs_the_same_with_one_and_with_three(people, timber, food):
    project(timber)
    for number in range(3):
        record(f"Food {number}", kind="project", clusters=[food.pk])
    guest = browser_of(people.guest)

    assert queries(guest, timber.get_absolute_url()) == queries(guest, food.get_absolute_url())


def test_versions_tell_who_was_named_and_those_of_others_stay_as_they_were(people, timber, food):
    made, other = project(timber), record("Vouchers", code="other")
    services.change(made, by=people.lena, note="One more", clusters=[timber.pk, food.pk])

    newer, older = made.versions.all()
    assert (newer.content["clusters"], older.content["clusters"]) == (["food", "timber"], ["timber"])
    assert "clusters" not in other.versions.get().content
    page = browser_of(people.guest).get(reverse("repository:versions", args=[made.code]))
    told = {change.name: "".join(piece.text for piece in change.pieces) for change in page.context["changes"]}
    assert told == {"Clusters of the directory": "Organisation food, Organisation timber"}


def test_it_is_proposed_and_taken_over(people, timber, food):
    made = project(timber, publish=False, by=people.marko)
    services.publish(made)
    place = reverse("repository:change", args=[made.code])
    answer = browser_of(people.marko).post(place, typed(made, note="Better", clusters=[food.pk]))
    settle()
    case = Case.objects.get(kind="repository.proposal")

    page = html.fromstring(browser_of(people.wanda).get(case.get_absolute_url()).content)
    told = " ".join(" ".join(page.xpath("//p[@class='compared']//text()")).split())
    assert (answer.status_code, Proposal.objects.get().changes, named(made)) == (
        302,
        {"clusters": [[timber.pk], [food.pk]]},
        ["timber"],
    )
    assert told == "Organisation timber food"
    cases.answer(case, "taken", by=people.wanda, reason="Right.")
    assert named(made) == ["food"]


def test_one_merged_meanwhile_is_taken_over_as_the_one_that_stays(people, timber, food):
    made = project(publish=False, by=people.marko)
    services.publish(made)
    propose(program(people.marko), {"clusters": ["timber"], "note": "Named"})
    settle()
    merging.merge(timber, food, by=people.lena, why="Entered twice.")

    cases.answer(Case.objects.get(kind="repository.proposal"), "taken", by=people.wanda, reason="Right.")

    assert named(made) == ["food"]


def test_programs_read_name_and_propose_them(people, timber, food):
    made = project(timber, publish=False, by=people.marko)
    client = program(people.marko)

    told = patch(client, {"clusters": ["food"]})
    unknown = patch(client, {"clusters": ["nobody\0", str(timber.pk)]})
    services.publish(made)
    proposed = propose(client, {"clusters": ["timber", "food"], "note": "Both"})

    assert (told.status_code, told.json()["clusters"]) == (200, ["food"])
    words = " ".join(f"“{code}” is not known." for code in sorted(["nobody", str(timber.pk)]))
    assert (unknown.status_code, unknown.json()["problems"]) == (422, [{"column": "clusters", "words": words}])
    assert (proposed.status_code, proposed.json()["fields"], named(made)) == (201, ["clusters"], ["food"])


def test_programs_deposit_them(people, timber, food):
    client = program(people.marko)

    told = post(client, "records", GIVEN | {"kind": "project", "clusters": ["food", "timber"]})
    refused = [
        post(client, "records", GIVEN | {"title": "Another", **wrong}).json()["problems"]
        for wrong in ({"kind": "project", "clusters": ["nobody"]}, {"kind": "report", "clusters": ["food"]})
    ]

    assert (told.status_code, told.json()["clusters"]) == (201, ["food", "timber"])
    assert named(Record.objects.get()) == ["food", "timber"]
    words = ["“nobody” is not known.", "This kind does not ask it."]
    assert refused == [[{"column": "clusters", "words": one}] for one in words]


def test_a_program_is_told_that_another_kind_does_not_ask_it(people, timber):
    record("Vouchers", code="vouchers", kind="report", publish=False, by=people.marko)

    answer = patch(program(people.marko), {"clusters": ["timber"]})

    assert (answer.status_code, answer.json()["problems"]) == (
        422,
        [{"column": "clusters", "words": "This kind does not ask it."}],
    )


def test_its_mark_changes_with_who_is_named(people, timber):
    made, client = project(), program(people.lena)
    before = client.get(f"{API}/records/vouchers")["ETag"]

    services.change(made, by=people.lena, note="Named", clusters=[timber.pk])

    assert client.get(f"{API}/records/vouchers")["ETag"] != before


def test_two_organisations_that_are_one_keep_their_projects(people, timber, food):
    made = project(timber)

    merging.merge(timber, food, by=people.lena, why="Entered twice.")

    assert (named(made), shown_on(browser_of(people.guest), food)) == (["food"], ["Timber"])
