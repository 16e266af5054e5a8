from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary import selectors as vocabulary

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


class HomePage(Page):
    """The first page in one language; what it shows beside its own words comes from declared panels."""

    headline = models.CharField(_("headline"), max_length=200)
    lead = models.CharField(_("lead"), max_length=400)

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request, *args, **kwargs):
        context = {
            "page": self,
            "main": panels_for("home.main", request),
            "topics": [(topic, panels_for("topics.row", request, topic=topic)) for topic in vocabulary.topics()],
            "aside": panels_for("home.aside", request),
            "hero": panels_for("home.hero", request),
        }
        return TemplateResponse(request, "pages/home.html", context)


class StandardPage(Page):
    """A page of text, such as the privacy notice."""

    lead = models.CharField(_("lead"), max_length=400, blank=True)
    body = RichTextField(_("text"), features=FEATURES)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")

    def serve(self, request, *args, **kwargs):
        return TemplateResponse(request, "pages/standard.html", {"page": self})
