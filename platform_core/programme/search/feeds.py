"""Any search as a feed: what a guest may see, the newest first, in the language asked for."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import CODES, active_code, interface_code, tag

from . import selectors
from .listing import moment_of, question_from, results_address, without
from .models import SearchEntry
from .selectors import Question

SHOWN = 30


def language_of(asked: QueryDict) -> str:
    code = asked.get("lang", "en")
    return interface_code(code if code in CODES else "en")


def asked_for(request: HttpRequest, thing: str) -> Question:
    """Filters of a list are those of its feed; `lang` is the reader's language, since `language` is a filter."""
    return question_from(without(request.GET, "lang", "page", "sort"), thing)


def found_by(question: Question) -> list[SearchEntry]:
    return selectors.latest(AnonymousUser(), question, SHOWN)


def name_of(question: Question) -> str:
    name = selectors.kind_name(question.thing)
    title = _("New on ClusterPoliSEE: %(name)s") % {"name": name} if name else _("New on ClusterPoliSEE")
    return f"{title} – “{question.words}”" if question.words else title


class Found(Feed):
    """Atom."""

    feed_type = Atom1Feed

    def __init__(self, thing: str = "") -> None:
        self.thing = thing

    def __call__(self, request, *args, **kwargs):
        with override(language_of(request.GET)):
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        return asked_for(request, self.thing)

    def title(self, question):
        return name_of(question)

    def link(self, question):
        return results_address(question)

    def items(self, question):
        return found_by(question)

    def item_title(self, item):
        return str(item.title)

    def item_description(self, item):
        return str(item.summary)

    def item_link(self, item):
        return selectors.address(item)

    def item_pubdate(self, item):
        return moment_of(item)


def json_feed(request: HttpRequest, thing: str = "") -> JsonResponse:
    """JSON Feed 1.1."""
    with override(language_of(request.GET)):
        question = asked_for(request, thing)
        items = [item(request, entry) for entry in found_by(question)]
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": name_of(question),
            "home_page_url": request.build_absolute_uri(results_address(question)),
            "feed_url": request.build_absolute_uri(),
            "language": tag(active_code()),
            "items": items,
        }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def item(request: HttpRequest, entry: SearchEntry) -> dict:
    title = entry.title.localise()
    address = request.build_absolute_uri(selectors.address(entry))
    return {
        "id": address,
        "url": address,
        "title": title.text,
        "content_text": str(entry.summary),
        "date_published": moment_of(entry).isoformat(),
        "language": tag(title.language),
        "tags": [value for values in entry.values.values() for value in values],
    }
