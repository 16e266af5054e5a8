"""A document and its translations as a set: which languages there are, how far each is, and which are not begun."""

import pytest
from lxml import html

from tests.factories.workinggroups import change, page
from tests.people import browser_of
from workinggroups.selectors import documents as selectors
from workinggroups.services import documents as services

pytestmark = pytest.mark.django_db

OTHERS = ["Italian", "Hungarian", "Romanian", "Bulgarian", "Slovak", "Slovenian", "Croatian", "Serbian"]


@pytest.fixture
def plan(people):
    made = page(people.wanda)
    services.translate(made, by=people.wanda, language="el", title="Σχέδιο", text="Ένα.")
    return made


@pytest.fixture
def german(people, plan):
    return services.translate(plan, by=people.wanda, language="de", title="Der Plan", text="Eins.")


def side_of(document, person) -> list[str]:
    """What stands at the side of the page about other languages, a line each."""
    tree = html.fromstring(browser_of(person).get(document.get_absolute_url()).content.decode())
    (section,) = tree.xpath("//section[h2='Other languages']")
    return [" ".join(line.text_content().split()) for line in section.xpath(".//li | .//p")]


def test_each_language_is_named_with_its_state(people, plan, german):
    change(plan, people.wanda, text="Other.")
    change(german, people.wanda, text="Anderes.", caught_up=True)

    assert side_of(plan, people.wanda) == [
        "German: Der Plan Draft",
        "Greek: Σχέδιο Draft, older than the original",
        f"Not begun: {', '.join(OTHERS)}",
    ]


def test_a_translation_names_its_original_and_the_others(people, plan, german):
    assert side_of(german, people.wanda) == [
        "English: Plan (original) Draft",
        "Greek: Σχέδιο Draft",
        f"Not begun: {', '.join(OTHERS)}",
    ]


def test_what_was_put_into_the_trash_is_not_begun(people, plan, german):
    services.trash(german, by=people.wanda)

    assert [one.language for one in selectors.editions(people.wanda, plan)] == ["Greek"]
    assert selectors.languages_not_begun(plan)[:2] == ["Italian", "German"]


def test_others_are_told_of_no_language_they_do_not_see(people, plan, german):
    for one in (plan, german):
        services.mark(one, by=people.wanda, marking="public")
        type(one).objects.filter(pk=one.pk).update(state="approved", approved=selectors.last_version(one).fingerprint)
        one.refresh_from_db()
        services.show(one)

    assert side_of(plan, people.carl) == ["German: Der Plan Approved"]
