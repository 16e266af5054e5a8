"""What joining a group means in all its parts: who reads, who comments, who writes."""

import pytest

from platform_core.exchange.discussions.models import Category
from platform_core.exchange.discussions.services import threads
from platform_core.identity.access.services import give_role
from platform_core.identity.accounts.models import User
from tests.factories.forum import thread
from tests.factories.tasks import task
from tests.factories.workinggroups import group, page
from tests.people import browser_of
from workinggroups.models import WikiPage
from workinggroups.services import groups, wiki

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LEVELS = ("read", "comment", "write")
# Right, the thing it is asked for, and from which level on somebody who has joined has it.
FROM = [
    ("workinggroups.enter_group", "group", "read"),
    ("workinggroups.view_document", "document", "read"),
    ("workinggroups.view_wiki_page", "wiki page", "read"),
    ("workinggroups.view_task", "task", "read"),
    ("discussions.view_thread", "thread", "read"),
    ("workinggroups.comment_document", "document", "comment"),
    ("workinggroups.discuss_task", "task", "comment"),
    ("discussions.write_post", "thread", "comment"),
    ("discussions.start_thread", "forum", "write"),
    ("workinggroups.add_document", "group", "write"),
    ("workinggroups.change_document", "document", "write"),
    ("workinggroups.add_wiki_page", "group", "write"),
    ("workinggroups.change_wiki_page", "wiki page", "write"),
    ("workinggroups.add_task", "group", "write"),
    ("workinggroups.trash_wiki_page", "wiki page", None),
    ("workinggroups.mark_wiki_page", "wiki page", None),
    ("workinggroups.change_task", "task", None),
    ("workinggroups.trash_document", "document", None),
    ("workinggroups.keep_fields", "group", None),
    ("discussions.moderate", "forum", None),
]


def things(people) -> dict:
    return {
        "group": group(),
        "document": page(people.wanda),
        "wiki page": wiki.create(group(), "Funding", "One.", by=people.wanda),
        "task": task(people.wanda),
        "thread": thread(people.wanda),
        "forum": Category(forum="group:4"),
    }


def joined(people, level: str) -> User:
    """Ana has joined, and joining means so much."""
    groups.open_up(group(), by=people.wanda, visibility="public", joining="open", participation=level)
    give_role(people.ana, "wg_participant", scope="group:4")
    return User.objects.get(pk=people.ana.pk)


@pytest.mark.parametrize("level", LEVELS)
def test_who_has_joined_may_what_the_group_says(people, level):
    made, ana = things(people), joined(people, level)
    made["group"] = made["document"].group = made["wiki page"].group = made["task"].group = group()

    allowed = {(right, thing): ana.has_perm(right, made[thing]) for right, thing, _least in FROM}

    reached = LEVELS[: LEVELS.index(level) + 1]
    assert allowed == {(right, thing): least in reached for right, thing, least in FROM}


@pytest.mark.parametrize("level", LEVELS)
def test_who_sits_in_the_group_does_all_of_it(people, level):
    made = things(people)
    joined(people, level)

    assert {right for right, thing, _least in FROM if not people.wanda.has_perm(right, made[thing])} == set()


def test_who_has_joined_another_group_may_nothing_of_it_here(people):
    made = things(people)
    joined(people, "write")
    give_role(people.marko, "wg_participant", scope="group:3")
    marko = User.objects.get(pk=people.marko.pk)

    assert {right for right, thing, _least in FROM if marko.has_perm(right, made[thing])} == set()


@pytest.mark.parametrize(
    ("level", "answers"), [("read", [403] * 3), ("comment", [302, 403, 403]), ("write", [302] * 3)]
)
def test_pages_hold_to_it(people, level, answers):
    made = things(people)
    browser = browser_of(joined(people, level))
    typed = {"title": "Question", "text": "Who knows?", "language": "en"}

    found = [
        browser.post(f"/en/groups/tasks/{made['task'].pk}/say/", {"text": "I do."}).status_code,
        browser.post("/en/groups/4/wiki/new/", typed).status_code,
        browser.post("/en/groups/4/forum/new/", typed).status_code,
    ]

    assert (found, WikiPage.objects.count()) == (answers, 1 + (level == "write"))


def test_who_only_reads_still_writes_where_all_members_do(people):
    made = threads.open_to(thread(people.wanda), "members", by=people.wanda)
    ana = joined(people, "read")

    assert (ana.has_perm("discussions.write_post", made), people.marko.has_perm("discussions.write_post", made)) == (
        True,
        True,
    )
