"""Comments beside what they are about: on pages of documents, of files and of wikis, over HTTP."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from tests.factories.workinggroups import change, file_document, group, page
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from tests.settling import settle
from workinggroups.services import comments as services, wiki

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "Every region pays for two visits.\n\nThe lead partner pays for the rest.\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
PASSAGE = re.compile(r'<div class="passage" id="(text-[0-9a-f-]+)">')
LINK = re.compile(r'<a class="say" href="([^"]+)">Comment<span class="hidden">: ([^<]+)</span></a>')


def wiki_page(by, text: str = TEXT, **fields):
    return wiki.create(group(), "Costs", text, by=by, **fields)


def body_of(person, address: str) -> str:
    found = browser_of(person).get(address)
    assert found.status_code == 200
    return found.content.decode()


@pytest.mark.parametrize("make", [lambda by: page(by, TEXT), wiki_page])
def test_a_paragraph_is_commented_on_where_it_stands(people, make):
    made = make(people.wanda)
    browser = browser_of(people.lena)
    address = made.get_absolute_url()
    links = LINK.findall(body_of(people.lena, address))
    (_first, _words), (on, words), _table = links
    asked = browser.get(on.replace("&amp;", "&").partition("#")[0])
    typed = asked.context["form"].initial | {"text": "By when?"}
    sent = browser.post(asked.context["reading"].address, typed)
    back, _hash, key = sent["Location"].partition("#")

    assert ([told for _on, told in links], words, asked.context["quote"], back) == (
        ["Every region pays for two visits.", "The lead partner pays for the rest.", "a b 1 2"],
        "The lead partner pays for the rest.",
        "The lead partner pays for the rest.",
        address,
    )
    beside = body_of(people.wanda, back).partition(f'id="{key}"')[2].partition('<div class="passage"')[0]
    assert ("By when?" in beside, "1 open comment" in beside) == (True, True)


LISTED = "Who pays:\n\n- The region pays.\n  - For two visits.\n- The lead partner pays.\n"
ITEM = re.compile(r'<li class="passage" id="(text-[0-9a-f-]+)">')


@pytest.mark.parametrize("make", [lambda by: page(by, LISTED), lambda by: wiki_page(by, LISTED)])
def test_an_item_of_a_list_is_commented_on_where_it_stands(people, make):
    made = make(people.wanda)
    browser, address = browser_of(people.lena), made.get_absolute_url()
    links = LINK.findall(body_of(people.lena, address))
    asked = browser.get(links[2][0].replace("&amp;", "&").partition("#")[0])
    sent = browser.post(asked.context["reading"].address, asked.context["form"].initial | {"text": "Only two?"})
    back, _hash, key = sent["Location"].partition("#")

    assert [words for _on, words in links] == [
        "Who pays:",
        "The region pays.",
        "For two visits.",
        "The lead partner pays.",
        "The region pays. For two visits. The lead partner pays.",
    ]
    assert (asked.context["quote"], back, key) == (
        "For two visits.",
        address,
        ITEM.findall(body_of(people.lena, back))[1],
    )
    beside = body_of(people.wanda, back).partition(f'<li class="passage" id="{key}">')[2].partition("</li>")[0]
    assert ("Only two?" in beside, "1 open comment" in beside) == (True, True)


def test_what_was_said_of_a_whole_list_stays_with_the_list(people):
    made = wiki_page(people.wanda, LISTED)
    for anchor in (2, 200_002):
        services.say(made, f"On {anchor}", by=people.lena, version="1", anchor=anchor)
    wiki.change(made, f"New.\n\n{LISTED.replace('two', 'three')}", 1, by=people.wanda)

    said = browser_of(people.lena).get(made.get_absolute_url()).context["discussed"]

    assert [(one.passage.number, [told.comment.text for told in one.said]) for one in said.spoken] == [
        (3, ["On 2"]),
        (200_003, ["On 200002"]),
    ]


def test_a_page_of_a_wiki_that_has_changed_tells_what_a_comment_was_written_on(people):
    made = wiki_page(people.wanda)
    for anchor in (1, 2):
        services.say(made, f"On {anchor}", by=people.lena, version="1", anchor=anchor)
    wiki.change(made, "New.\n\nEvery region pays for three visits.", 1, by=people.wanda)

    body = body_of(people.lena, made.get_absolute_url())
    beside, _what, gone = body.partition("1 comment on what no longer stands here")

    quoted = '<blockquote lang="en">Every region pays for two visits.</blockquote>'
    lost = '<blockquote lang="en">The lead partner pays for the rest.</blockquote>'
    assert (quoted in beside, lost in gone) == (True, True)


def test_a_page_of_a_file_is_commented_on_beside_it(people):
    made = file_document(people.wanda, samples.pdf("One", "Two"), "plan.pdf")
    settle()
    address = f"{made.get_absolute_url()}versions/1.0/pages/?text&page=2"
    on = re.search(r'class="say" href="([^"]+)">Comment on this page<', body_of(people.lena, address))[1]

    browser = browser_of(people.lena)
    asked = browser.get(on.replace("&amp;", "&").partition("#")[0])
    sent = browser.post(asked.context["reading"].address, asked.context["form"].initial | {"text": "Which visits?"})

    assert asked.context["form"].fields["anchor"].choices == [("", "All of it"), (1, "Page 1"), (2, "Page 2")]
    back, _hash, key = sent["Location"].partition("#")
    assert (key, "Which visits?" in body_of(people.wanda, back).partition('id="page-2"')[2]) == ("page-2", True)
    assert "Which visits?" not in body_of(people.wanda, address.replace("page=2", "page=1"))


def test_who_comments_on_a_page_of_a_wiki(people):
    made = wiki_page(people.wanda)
    wiki.mark(made, "public", by=people.wanda)
    address = f"/en/groups/wiki/{made.pk}/comments/"

    assert {name: browser_of(person).get(address).status_code for name, person in people.each()} == {
        **dict.fromkeys(("lena", "wanda"), 200),
        **dict.fromkeys(("marko", "ana", "petra", "carl"), 403),
        "guest": 302,
    }
    assert [PASSAGE.findall(body_of(one, made.get_absolute_url())) for one in (people.ana, people.guest)] == [[], []]


def test_who_may_only_comment_reads_nothing_of_earlier_revisions(people):
    access.give_role(people.ana, "wg_participant", scope="group:4")
    made = wiki_page(people.wanda, "Confidential so far.\n\nThe rest stays.")
    services.say(made, "Really?", by=people.lena, version="1", anchor=1)
    wiki.change(made, "Open now.\n\nThe rest stays.", 1, by=people.wanda)
    wiki.mark(made, "members", by=people.wanda)
    address = f"/en/groups/wiki/{made.pk}/comments/?version=1&on=1"

    told = {
        name: ["Confidential" in body_of(getattr(people, name), one) for one in (made.get_absolute_url(), address)]
        for name in ("wanda", "ana")
    }
    assert told == {"wanda": [True, True], "ana": [False, False]}


def test_a_place_of_a_text_that_is_gone_is_chosen_anew(people):
    access.give_role(people.ana, "wg_participant", scope="group:4")
    made = wiki_page(people.wanda)
    wiki.mark(made, "members", by=people.wanda)
    wiki.change(made, f"New.\n\n{TEXT}", 1, by=people.wanda)

    sent = browser_of(people.ana).post(
        f"/en/groups/wiki/{made.pk}/comments/", {"version": "1", "anchor": "1", "text": "Why?"}
    )
    assert (sent.status_code, list(sent.context["form"].errors), Comment.objects.count()) == (400, ["anchor"], 0)


def test_a_hidden_comment_says_nothing_more(people):
    made = wiki_page(people.wanda)
    said = services.say(made, "An insult", by=people.lena, version="1", anchor=1)
    services.hide(made, said, "Insulting", by=people.wanda)

    assert "An insult" not in body_of(people.lena, made.get_absolute_url())


def test_who_is_told_of_a_comment_on_a_page_of_a_wiki(people):
    made = wiki_page(people.wanda)
    said = services.say(made, "Why?", by=people.lena, version="1", anchor=1)
    services.say(made, "Because.", by=people.wanda, version="1", answers_to=said)
    settle()

    told = Notice.objects.filter(kind="workinggroups.commented", channel="site").order_by("pk")
    assert list(told.values_list("recipient__name", flat=True)) == ["Wanda", "Lena"]


def test_comments_of_another_page_are_not_there(people):
    made, other = wiki_page(people.wanda), page(people.wanda)
    services.say(made, "Here", by=people.lena, version="1")
    pk = Comment.objects.get().pk

    wrong = browser_of(people.wanda).post(f"{other.get_absolute_url()}comments/{pk}/settle/", {"settled": "1"})
    right = browser_of(people.wanda).post(f"/en/groups/wiki/{made.pk}/comments/{pk}/settle/", {"settled": "1"})

    assert [wrong.status_code, right.status_code] == [404, 302]


def queries(person, *addresses: str) -> list[int]:
    browser, found = browser_of(person), []
    for address in addresses:
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as run:
            browser.get(address)
        found.append(len(run))
    return found


@pytest.mark.parametrize("make", [lambda by: page(by, TEXT), wiki_page])
def test_many_comments_cost_no_more_queries_than_one(people, make):
    made = make(people.wanda)
    first = "1" if hasattr(made, "slug") else "1.0"
    services.say(made, "Earlier", by=people.lena, version=first, anchor=2)
    if hasattr(made, "slug"):
        wiki.change(made, f"New.\n\n{TEXT}", 1, by=people.wanda)
        made.refresh_from_db()
    else:
        made = change(made, people.wanda, text=f"New.\n\n{TEXT}")
    addresses = made.get_absolute_url(), browser_of(people.lena).get(made.get_absolute_url()).context["reading"].address
    few = queries(people.lena, *addresses)
    for anchor in (1, 1, 2, 2, 4, None):
        said = services.say(made, "More", by=people.wanda, version=first, anchor=anchor)
        services.say(made, "Yes", by=people.lena, version=first, answers_to=said)

    assert queries(people.lena, *addresses) == few
