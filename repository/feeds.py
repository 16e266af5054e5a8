from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import CODES, interface_code

from . import selectors


class NewRecords(Feed):
    """The newest public records as Atom; `?language=el` chooses the language. Whoever asks sees what a guest sees."""

    feed_type = Atom1Feed

    def __call__(self, request, *args, **kwargs):
        code = request.GET.get("language", "en")
        with override(interface_code(code if code in CODES else "en")):
            return super().__call__(request, *args, **kwargs)

    def title(self):
        return _("New in the ClusterPoliSEE repository")

    def link(self):
        return reverse("repository:records")

    def items(self):
        return selectors.records(AnonymousUser()).order_by("-published_on", "-pk")[:30]

    def item_title(self, item):
        return str(item.title)

    def item_description(self, item):
        return str(item.summary)

    def item_pubdate(self, item):
        return selectors.published_at(item)
