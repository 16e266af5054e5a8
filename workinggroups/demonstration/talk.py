"""Threads in three languages and a wiki for group 4, where there is nothing yet."""

import json
from pathlib import Path

from platform_core.exchange.discussions.models import Category, Thread
from platform_core.exchange.discussions.services import posts, threads
from platform_core.identity.accounts.models import User

from ..models import WikiPage, WorkingGroup
from ..services import wiki

GROUP = 4
LEADER = "donaukreis"


def read(name: str):
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def person(code: str) -> User:
    return User.objects.get(email=f"{code}@example.org")


def load() -> str:
    group = WorkingGroup.objects.get(pk=GROUP)
    begun = [begin_wiki(group), begin_forum(group)]
    return "a wiki and a forum" if any(begun) else ""


def begin_wiki(group: WorkingGroup) -> bool:
    if WikiPage.objects.filter(group=group).exists():
        return False
    made: dict[str, WikiPage] = {}
    for row in read("wiki.json"):
        above = made.get(row["above"])
        made[row["title"]] = wiki.create(
            group, row["title"], row["text"], by=person(LEADER), parent=above, language=row["language"]
        )
    wiki.mark(made["Start here"], "members", by=person(LEADER))
    return True


def begin_forum(group: WorkingGroup) -> bool:
    if Thread.objects.filter(forum=group.scope).exists() or Category.objects.filter(forum=group.scope).exists():
        return False
    leader, told = person(LEADER), read("forum.json")
    places = {
        row["name"]: threads.keep_category(None, by=leader, forum=group.scope, **row) for row in told["categories"]
    }
    for row in told["threads"]:
        begin_thread(group, places[row["category"]], row, leader)
    return True


def begin_thread(group: WorkingGroup, category: Category, row: dict, leader: User) -> None:
    facts = {"language": row["language"], "category": category}
    made = threads.start(group.scope, row["title"], row["text"], by=person(row["by"]), **facts)
    for one in row["posts"]:
        said = posts.write(made, one["text"], by=person(one["by"]), language=one["language"])
        if one.get("answer"):
            threads.mark_answer(made, said, by=leader)
    if "openness" in row:
        threads.open_to(made, row["openness"], by=leader)
