"""Pages of a wiki: revisions, concurrent changes, names and links, who sees what."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from platform_core.ground.texts.wikitext import Place
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.trails.models import LinkUse
from tests.factories.workinggroups import group
from workinggroups.models import WikiPage
from workinggroups.selectors import wiki as selectors
from workinggroups.services import wiki as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def page(by, title: str = "Funding", text: str = "One.\n\nTwo.\n", **fields) -> WikiPage:
    return services.create(group(), title, text, by=by, **fields)


def test_every_change_is_a_revision(people):
    made = page(people.wanda)
    services.change(made, "Three.", 1, by=people.lena, note="Shorter")
    made.refresh_from_db()

    rows = made.revisions.values_list("number", "text", "note", "author__name")
    assert (made.number, made.text) == (2, "Three.")
    assert list(rows) == [(2, "Three.", "Shorter", "Lena"), (1, "One.\n\nTwo.\n", "", "Wanda")]


def test_what_stays_as_it_was_makes_no_revision(people):
    made = page(people.wanda)

    assert [services.change(made, "One.\r\n\r\nTwo.\n", 1, by=people.wanda).number, made.revisions.count()] == [1, 1]


def test_two_who_change_different_lines_both_keep_theirs(people):
    made = page(people.wanda)
    services.change(made, "Eins.\n\nTwo.\n", 1, by=people.lena, title="Finance")
    last = services.change(made, "One.\n\nZwei.\n", 1, by=people.wanda)

    assert (last.number, last.title, last.text) == (3, "Finance", "Eins.\n\nZwei.\n")


def test_two_who_change_the_same_line_see_both(people):
    made = page(people.wanda, text="One.\n")
    services.change(made, "Eins.\n", 1, by=people.lena)

    with pytest.raises(services.ConflictError) as told:
        services.change(made, "1.\n", 1, by=people.wanda)

    assert (told.value.number, told.value.text) == (2, "<<<<<<< Yours\n1.\n=======\nEins.\n>>>>>>> Lena\n")
    assert made.revisions.count() == 2


def test_a_revision_is_restored_as_the_next_one_unless_there_is_a_newer(people):
    made = page(people.wanda, text="First.")
    services.change(made, "Second.", 1, by=people.lena, title="Other")
    first = made.revisions.get(number=1)

    with pytest.raises(ValidationError):
        services.restore(first, by=people.wanda, base_revision=1)
    again = services.restore(first, by=people.wanda, base_revision=2)

    assert (again.number, again.title, again.text, again.note) == (3, "Funding", "First.", "As in revision 1")


def test_names_in_any_script_become_addresses_and_none_is_given_twice(people):
    titles = ["Funding", "funding!", "Χρηματοδότηση", "Финансиране", "New", "???"]

    slugs = [page(people.wanda, title).slug for title in titles]

    assert slugs == ["funding", "funding-2", "chrimatodotisi", "finansirane", "new-2", "page"]


def test_a_renamed_page_is_found_under_its_old_name(people):
    made = page(people.wanda)
    services.change(made, made.text, 1, by=people.wanda, title="Money")
    other = page(people.wanda, "Funding")
    made.refresh_from_db()
    found = [selectors.page_named(people.wanda, 4, slug) for slug in ("funding", "money", "funding-2")]

    assert (made.slug, found) == ("money", [made, made, other])


def test_a_page_named_back_has_its_first_address_again(people):
    made = page(people.wanda)
    for number, title in ((1, "Money"), (2, "Funding")):
        services.change(made, made.text, number, by=people.wanda, title=title)
    made.refresh_from_db()

    assert (made.slug, [name.slug for name in made.names.all()]) == ("funding", ["money"])


def test_links_lead_to_pages_or_to_a_form_for_those_who_may_write(people):
    target = page(people.wanda, "Calls")
    made = page(people.wanda, text="See [[Calls]], [[calls|there]] and [[Nothing yet]].")
    services.mark(made, "public", by=people.wanda)

    new = f"/en/groups/4/wiki/new/?title=Nothing+yet&parent={made.pk}"
    assert selectors.places(people.wanda, made, made.text) == {
        "calls": Place(target.get_absolute_url()),
        "nothing-yet": Place(new, is_missing=True),
    }
    assert selectors.places(people.guest, made, made.text) == {}


def test_what_links_here_and_what_leads_nowhere(people):
    target = page(people.wanda, "Calls")
    made = page(people.wanda, text="[[Calls]] and [[Nothing yet]]")
    services.change(target, target.text, 1, by=people.wanda, title="Tenders")
    target.refresh_from_db()

    assert list(selectors.leading_to(people.wanda, target)) == [made]
    assert selectors.missing(people.wanda, group()) == [("Nothing yet", [made])]
    assert list(selectors.leading_to(people.guest, target)) == []


def test_addresses_outside_are_asked_whether_they_answer(people):
    made = page(people.wanda, text="See https://example.org/a and https://example.org/b.")
    services.change(made, "See https://example.org/b.", 1, by=people.wanda)

    uses = LinkUse.objects.filter(thing=selectors.LABEL, object_id=made.pk)
    assert list(uses.values_list("address__address", flat=True)) == ["https://example.org/b"]


def test_a_page_cannot_stand_below_itself(people):
    top = page(people.wanda, "Top")
    inner = page(people.wanda, "Inner", parent=top)

    with pytest.raises(ValidationError):
        services.move(top, inner, by=people.wanda)
    services.move(inner, None, by=people.wanda)

    assert [(node.page, node.below) for node in selectors.tree(people.wanda, group())] == [(inner, []), (top, [])]


def test_a_picture_needs_words_for_those_who_do_not_see_it(people):
    with pytest.raises(ValidationError) as told:
        page(people.wanda, text="![](map.png)")

    assert told.value.message_dict == {
        "text": ["Please say what the picture “map.png” shows: ![what it shows](map.png)."]
    }


def test_who_sees_a_page(people):
    made = page(people.wanda)

    def seeing() -> set[str]:
        return {name for name, person in people.each() if selectors.pages(person).filter(pk=made.pk).exists()}

    found = [seeing()]
    for marking in ("members", "public", "group"):
        services.mark(made, marking, by=people.wanda)
        found.append(seeing())
    inside, members = {"lena", "wanda"}, {"lena", "wanda", "marko", "ana"}

    assert found == [inside, members, {name for name, _person in people.each()}, inside]


def test_the_trash_closes_a_public_page_and_gives_it_back(people):
    made = page(people.wanda)
    services.mark(made, "public", by=people.wanda)
    services.trash(made, by=people.wanda)
    closed = audience_of(made)
    services.take_back(made, by=people.wanda)

    assert (sorted(closed), "public" in audience_of(made)) == (
        ["group:4", "role:lead_partner", "role:wg_leader@group:4"],
        True,
    )


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_others_change_nothing(people, name):
    made, person = page(people.wanda), people.named(name)

    for deed in (
        lambda: page(person, "Mine"),
        lambda: services.change(made, "X", 1, by=person),
        lambda: services.mark(made, "public", by=person),
        lambda: services.trash(made, by=person),
        lambda: services.move(made, None, by=person),
    ):
        with pytest.raises(PermissionDenied):
            deed()
