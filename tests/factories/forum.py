from platform_core.exchange.discussions.models import Category, Post, Thread
from platform_core.exchange.discussions.services import posts, threads

FORUM = "group:4"


def category(by, name: str = "Questions", forum: str = FORUM, **fields) -> Category:
    return threads.keep_category(None, by=by, forum=forum, name=name, **fields)


def thread(by, title: str = "Vouchers", text: str = "Who has tried them?", forum: str = FORUM, **fields) -> Thread:
    return threads.start(forum, title, text, by=by, **{"language": "en", **fields})


def post(of: Thread, by, text: str = "We have.", **fields) -> Post:
    return posts.write(of, text, by=by, **{"language": "en", **fields})


def first(of: Thread) -> Post:
    return of.posts.order_by("pk").first()
