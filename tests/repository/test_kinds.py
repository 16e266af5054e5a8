"""What each kind asks, in the form, on the page, in search, and who reads what."""

import pytest
from django.urls import reverse
from lxml import html

from platform_core.ground.vocabulary import selectors as vocabulary
from repository.kinds import KINDS
from repository.models import Record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db

CORE = {
    "language": "en",
    "title": "A voucher for small firms",
    "summary": "A region paid for advice.",
    "topics": ["4"],
    "countries": ["AT"],
    "year": "2024",
    "creators": "Region of Styria | https://ror.org/03prydq77\nAn agency",
    "licence": "CC-BY-4.0",
}
PRACTICE = CORE | {
    "detail_problem": "Firms did not ask for advice.",
    "detail_solution": "A voucher of zqsolution.",
    "detail_institution": "The agency",
    "detail_resources": "Two people.",
    "detail_cost_band": "10k_50k",
    "detail_evidence": "Forty firms used it.",
    "detail_evidence_strength": "monitored",
    "detail_transfer": "Any region with an agency.",
    "detail_precondition": ["public_budget", "skilled_staff"],
    "detail_contact": "zqcontact@example.org",
}


def deposit(person, kind: str = "good_practice", **fields):
    return browser_of(person).post(reverse("repository:deposit", args=[kind]), PRACTICE | fields)


def publish(people) -> Record:
    made = Record.objects.get()
    browser_of(people.lena).post(reverse("repository:publish", args=[made.code]))
    settle()
    return made


def test_every_kind_of_the_vocabulary_asks_something_known():
    assert {kind.code for kind in KINDS} == {term.code for term in vocabulary.terms("record_kind")}
    for kind in KINDS:
        for detail in kind.details:
            assert (kind.code, detail.code, bool(detail.scheme)) == (
                kind.code,
                detail.code,
                bool(detail.scheme and vocabulary.terms(detail.scheme)),
            )


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_every_kind_has_a_form(people, kind):
    page = browser_of(people.marko).get(reverse("repository:deposit", args=[kind]))

    assert (page.status_code, page.context["form"].kind) == (200, kind)


def test_what_is_answered_is_kept(people):
    assert deposit(people.marko).status_code == 302

    made = Record.objects.get()
    assert made.details["problem"] == {"en": "Firms did not ask for advice."}
    assert (made.details["cost_band"], made.details["precondition"]) == ("10k_50k", ["public_budget", "skilled_staff"])
    assert made.creators == ["Region of Styria", "An agency"]
    assert made.identifiers == {"Region of Styria": "https://ror.org/03prydq77"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"detail_problem": ""}, "detail_problem"),
        ({"detail_cost_band": "a lot"}, "detail_cost_band"),
        ({"detail_problem": "x" * 4001}, "detail_problem"),
        ({"creators": "Somebody | https://example.org"}, "creators"),
        ({"begins": "2024-02-01", "ends": "2024-01-01"}, "ends"),
        ({"regions": ["BG31"]}, "regions"),
        ({"concepts": "cluster finance"}, "concepts"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_kept(people, fields, name):
    response = deposit(people.marko, **fields)

    assert (response.status_code, list(response.context["form"].errors)) == (400, [name])
    assert (response.context["form"]["title"].value(), Record.objects.count()) == (CORE["title"], 0)


def grouped(page, field: str) -> dict[str, list[str]]:
    """Ticks of a field by the heading they stand under."""
    groups = html.fromstring(page.content).iterfind(f".//fieldset[@id='id_{field}']/fieldset")
    return {group.findtext("legend"): group.xpath("label/input[@checked]/@value") for group in groups}


def test_preconditions_stand_under_their_topics_and_stay_ticked(people):
    page = deposit(people.marko, title="")

    topics = list(vocabulary.topic_labels().values())
    chosen = {topics[3]: ["public_budget"], topics[5]: ["skilled_staff"]}
    assert (page.status_code, grouped(page, "detail_precondition")) == (400, {name: [] for name in topics} | chosen)


def test_regions_stand_under_their_countries(people):
    page = browser_of(people.marko).get(reverse("repository:deposit", args=["good_practice"]))

    assert list(grouped(page, "regions")) == list(vocabulary.country_labels().values())


def test_an_unknown_kind_has_no_form(people):
    assert deposit(people.marko, "nonsense").status_code == 404


@pytest.mark.parametrize(("name", "reads"), [("marko", True), ("ana", True), ("petra", False), ("guest", False)])
def test_only_members_read_the_contact(people, name, reads):
    deposit(people.marko)
    made = publish(people)

    page = browser_of(people.named(name)).get(made.get_absolute_url()).content.decode()
    assert ("zqsolution" in page, "zqcontact" in page) == (True, reads)


def test_answers_are_searched_but_not_what_members_alone_read(people, client):
    deposit(people.marko)
    made = publish(people)

    found = {
        words: len(client.get("/en/repository/", {"q": words}).context["rows"]) for words in ("zqsolution", "zqcontact")
    }
    assert (made.code, found) == (made.code, {"zqsolution": 1, "zqcontact": 0})


def test_keywords_named_in_the_title_are_given_and_found_in_other_languages(people, client):
    deposit(people.marko, title="Cluster financing with vouchers", concepts="Innovationsgutschein, innovation voucher")
    made = publish(people)

    assert {"cluster-financing", "innovation-voucher"} <= set(made.concepts.values_list("pk", flat=True))
    for words in ("finanțarea clusterelor", "финансиране на клъстери", "χρηματοδότηση", "Clusterfinanzierung"):
        rows = client.get("/en/repository/", {"q": words}).context["rows"]
        assert (words, [row.address for row in rows]) == (words, [made.get_absolute_url()])


def test_a_word_that_is_no_keyword_is_told_with_those_near_it(people):
    errors = deposit(people.marko, concepts="cluster finance").context["form"].errors["concepts"]

    assert errors[0].startswith("“cluster finance” is no keyword. Near it are: Cluster financing")


def test_the_page_tells_codes_in_words(people, client):
    deposit(people.marko)
    page = html.fromstring(client.get(publish(people).get_absolute_url()).content)

    words = {item.text for item in page.iterfind(".//section/ul/li")}
    assert {"€10,000 to 50,000", "shown by monitoring data", "a public budget for several years"} <= words


def test_what_is_typed_is_kept_until_it_is_sent(people):
    browser, address = browser_of(people.marko), reverse("repository:deposit", args=["good_practice"])
    browser.post(address, {"title": "Half a title", "detail_problem": "Half a problem", "keep_draft": "1"})

    form = browser.get(address).context["form"]
    assert (form["title"].value(), form["detail_problem"].value()) == ("Half a title", "Half a problem")
    begun = {kind.code for kind, _name, when in browser.get(reverse("repository:kinds")).context["rows"] if when}
    assert (begun, Record.objects.count()) == ({"good_practice"}, 0)


def test_a_draft_tells_what_it_lacks(people):
    deposit(people.marko, language="el", countries=[], creators="An agency")
    made = Record.objects.get()

    hints = browser_of(people.marko).get(made.get_absolute_url()).context["hints"]
    assert [hint.words for hint in hints] == [
        "There is no summary in English, which all partners read.",
        "It has no keywords; with them it is found in every language.",
        "It names no country or region.",
        "No creator has an ORCID or ROR address, by which the work is credited elsewhere.",
        "It is not said whether these creators are people or organisations: An agency.",
    ]
