"""Concept papers by sections, pages as files, openness of groups and templates."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.accounts.models import User
from platform_core.materials.jobs import runner
from tests.factories.workinggroups import group, page
from tests.people import browser_of
from tests.settling import settle
from workinggroups import concept
from workinggroups.models import ConceptPaper, Document, PageExport
from workinggroups.presets import SECTIONS
from workinggroups.selectors.documents import last_version
from workinggroups.services import groups, setups

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODES = [one.code for one in SECTIONS]
WORDS = "word " * 60
OPENNESS = {"visibility": "public", "joining": "open", "participation": "comment"}


def open_up(people, **fields):
    return groups.open_up(group(), by=people.lena, **{**OPENNESS, **fields})


def joined(people, level: str):
    """Marko has joined a group in which that means so much."""
    open_up(people, participation=level)
    groups.join(group(), by=people.marko)
    return User.objects.get(pk=people.marko.pk)


# Concept papers


def test_a_template_has_every_section_and_none_is_written(people):
    parts = concept.sections(concept.template("en"))

    assert [(part.section.code, part.words > 0, part.is_complete) for part in parts] == [
        (code, False, False) for code in CODES
    ]


@pytest.mark.parametrize("text", ["", "## Other\n\nWords.\n", "Before.\n\n## Background\n\nOne.\n\n## Other\n\nTwo.\n"])
def test_parts_joined_are_the_text(text):
    assert concept.joined(concept.parts(text)).strip() == text.strip()


def test_one_section_is_replaced_and_the_others_stay():
    text = concept.replaced(concept.template("en"), "topic", WORDS, "en")

    assert [part.section.code for part in concept.sections(text) if part.is_complete] == ["topic"]
    assert (
        concept.replaced("## Mine\n\nx\n", "topic", "New.", "en") == "## Mine\n\nx\n\n## Topic and strategy\n\nNew.\n"
    )


def test_there_is_one_concept_paper_in_a_group(people):
    first = setups.begin_concept(group(), by=people.wanda, language="en")
    second = setups.begin_concept(group(), by=people.wanda, language="en")

    assert (first.pk, ConceptPaper.objects.count(), Document.objects.count()) == (second.pk, 1, 1)


def test_sections_are_written_on_their_own_page(people):
    browser = browser_of(people.wanda)
    browser.post("/en/groups/4/concept/", {"language": "en"})
    shown = browser.get("/en/groups/4/concept/background/").context["form"].initial
    page = browser.post("/en/groups/4/concept/background/", {"base": shown["base"], "text": WORDS}, follow=True)

    made = last_version(Document.objects.get())
    assert (page.context["complete"], made.number, made.note) == (1, "1.1", "Background")


def test_two_people_write_two_sections_at_once(people):
    document = setups.begin_concept(group(), by=people.wanda, language="en")
    for code in ("background", "methodology"):
        setups.write_section(document, code, WORDS, by=people.wanda, base="1.0")

    done = [part.section.code for part in concept.sections(last_version(document).text) if part.is_complete]
    assert done == ["background", "methodology"]


def test_a_section_begins_no_other_one(people):
    document = setups.begin_concept(group(), by=people.wanda, language="en")

    with pytest.raises(ValidationError, match="###"):
        setups.write_section(document, "topic", "## Mine", by=people.wanda, base="1.0")


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_only_the_group_reads_its_concept_paper(people, name):
    setups.begin_concept(group(), by=people.wanda, language="en")

    assert browser_of(people.named(name)).get("/en/groups/4/concept/").status_code == 403


# Pages as files


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_page_is_taken_along_and_made_once(people, form, begins):
    document = page(people.wanda, "## Head\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    browser = browser_of(people.wanda)
    place = f"{document.get_absolute_url()}versions/1.0/as/{form}/"
    for _click in range(2):
        browser.post(f"{place}ask/")
    runner.finish_waiting()

    assert browser.get(f"{place}take/").getvalue()[: len(begins)] == begins
    assert PageExport.objects.count() == 1


@pytest.mark.parametrize("name", ["marko", "ana", "carl"])
def test_nobody_takes_along_a_page_she_does_not_see(people, name):
    document = page(people.wanda)

    place = f"{document.get_absolute_url()}versions/1.0/as/pdf/ask/"
    assert browser_of(people.named(name)).post(place).status_code == 404


# Openness


@pytest.mark.parametrize(
    ("visibility", "keys", "seen"),
    [
        ("public", [PUBLIC], {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}),
        ("members", ["members", "group:4", "role:lead_partner"], {"lena", "wanda", "marko", "ana"}),
        ("hidden", ["group:4", "role:lead_partner"], {"lena", "wanda"}),
    ],
)
def test_who_finds_a_group(people, visibility, keys, seen):
    open_up(people, visibility=visibility)

    found = {name for name, one in people.each() if browser_of(one).get("/en/groups/4/").status_code == 200}
    assert (audience_of(group()), found) == (keys, seen)


RIGHTS = ("enter_group", "add_document", "change_document", "comment_document", "mark_document")


@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        ("read", {"enter_group"}),
        ("comment", {"enter_group", "comment_document"}),
        ("write", {"enter_group", "comment_document", "add_document", "change_document"}),
    ],
)
def test_what_taking_part_means(people, level, allowed):
    made = page(people.wanda)
    marko = joined(people, level)
    document = Document.objects.get(pk=made.pk)
    things = {"enter_group": group(), "add_document": group()}

    found = {name for name in RIGHTS if marko.has_perm(f"workinggroups.{name}", things.get(name, document))}
    assert found == allowed


@pytest.mark.parametrize(
    ("joining", "names"),
    [
        ("appointment", set()),
        ("application", {"lena", "wanda", "marko", "ana"}),
        ("open", {"lena", "wanda", "marko", "ana"}),
    ],
)
def test_who_may_join(people, joining, names):
    found = open_up(people, joining=joining)

    assert {name for name, one in people.each() if one.has_perm("workinggroups.join_group", found)} == names


def test_who_joins_an_open_group_enters_it_and_leaves_again(people):
    marko = joined(people, "read")
    before = marko.has_perm("workinggroups.enter_group", group())
    groups.leave(group(), by=marko)

    assert (before, RoleAssignment.objects.filter(role="wg_participant").count()) == (True, 0)


@pytest.mark.parametrize(("answer", "inside"), [("grant", True), ("decline", False)])
def test_the_leader_answers_who_asks_to_join(people, answer, inside):
    open_up(people, joining="application")
    for _click in range(2):
        browser_of(people.marko).post("/en/groups/4/join/", {"why": "I know the topic."})
    settle()
    cases.answer(Case.objects.get(), answer, by=people.wanda, reason="So it is.")

    marko = User.objects.get(pk=people.marko.pk)
    assert marko.has_perm("workinggroups.enter_group", group()) is inside


def test_a_guest_of_the_partnership_joins_nothing(people):
    open_up(people)

    with pytest.raises(PermissionDenied):
        groups.join(group(), by=people.petra)


@pytest.mark.parametrize("code", ["thematic", "community", "drafting"])
def test_a_template_furnishes_once(people, code):
    for _click in range(2):
        groups.apply_template(group(), code, by=people.wanda)

    names = list(group().folders.values_list("name", flat=True))
    titles = list(group().documents.values_list("title", flat=True))
    assert (len(names), len(set(names)), titles) == (
        3 if code == "drafting" else 4,
        len(names),
        [] if code == "drafting" else ["Work plan"],
    )


@pytest.mark.parametrize("name", ["marko", "ana", "petra"])
def test_only_those_who_lead_open_a_group(people, name):
    with pytest.raises(PermissionDenied):
        groups.open_up(group(), by=people.named(name), **OPENNESS)


def test_members_are_shown_with_their_days(people):
    joined(people, "read")

    shown = browser_of(people.ana).get("/en/groups/4/members/").content.decode()
    assert ("Wanda" in shown, "Marko" in shown, "Who has joined reads" in shown) == (True, True, True)
    with override("en"):
        assert browser_of(people.petra).get("/en/groups/4/members/").content.decode().count("Wanda") == 0
