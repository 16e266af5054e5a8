from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index as sitemap_index, sitemap
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from ninja import NinjaAPI
from wagtail.admin import urls as wagtail_admin

from benchmarking.api import router as benchmarking_api
from benchmarking.runs_api import router as runs_api
from benchmarking.studies_api import router as studies_api
from consultations import urls as consultations
from platform_core.identity.access import urls as access
from platform_core.identity.accounts import urls as accounts
from platform_core.materials.jobs import urls as jobs
from platform_core.programme.events.views import feeds as calendar
from platform_core.programme.monitoring.api import router as programme_api
from platform_core.programme.pages import views as pages
from platform_core.programme.pages.sitemaps import SITEMAPS
from platform_core.programme.search.feeds import Found, json_feed
from repository.api import refused, router as repository_api, unfit
from repository.views import reading as repository

api = NinjaAPI(title="ClusterPoliSEE", version="1", urls_namespace="api")
api.add_router("", repository_api)
api.add_router("", benchmarking_api)
api.add_router("", runs_api)
api.add_router("", studies_api)
api.add_router("", programme_api)
api.add_exception_handler(PermissionDenied, refused)
api.add_exception_handler(ValidationError, unfit)

urlpatterns = [
    path("api/v1/", api.urls),
    path("oai", repository.oai, name="oai"),
    path("catalogue", repository.catalogue),
    path("catalogue.<slug:ending>", repository.catalogue, name="catalogue"),
    path("feeds/search.atom", Found(), name="feed_search"),
    path("feeds/search.json", json_feed, name="feed_search_json"),
    path("feeds/records.atom", Found(thing="repository.record"), name="feed_records"),
    path("feeds/events.ics", calendar.feed, name="feed_events"),
    path("feeds/mine/<str:secret>.ics", calendar.personal, name="feed_personal"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("health/", include("platform_core.materials.jobs.health")),
    path("ui/", include("platform_core.ground.ui.urls")),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/", include(wagtail_admin)),
    *i18n_patterns(
        path("", include(consultations)),  # first, since a crowd answers at once
        re_path(r"^()$", pages.serve),
        path("repository/", include("repository.urls")),
        path("groups/", include("workinggroups.urls")),
        path("account/", include("allauth.urls")),
        path("account/", include(accounts)),
        path("desk/languages/", include("platform_core.materials.languages.urls")),
        path("desk/", include(access)),
        path("jobs/", include(jobs)),
        path("drafts/", include("platform_core.materials.drafts.urls")),
        path("files/", include("platform_core.materials.files.urls")),
        path("relations/", include("platform_core.materials.trails.urls")),
        path("cases/", include("platform_core.exchange.cases.urls")),
        path("assessments/", include("platform_core.exchange.assessment.urls")),
        path("search/", include("platform_core.programme.search.urls")),
        path("decisions/", include("platform_core.programme.governance.urls")),
        path("events/", include("platform_core.programme.events.urls")),
        # those that name their places themselves, after those that are told from their first word
        path("", include("platform_core.people.privacy.urls")),
        path("", include("platform_core.people.members.urls")),
        path("", include("platform_core.exchange.messaging.urls")),
        path("", include("platform_core.programme.network.urls")),
        path("", include("platform_core.programme.monitoring.urls")),
        path("", include("platform_core.programme.pages.urls")),
        path("", include("benchmarking.urls")),
        path("", include("pilots.urls")),
        re_path(r"^(?!api/|feeds/|health/)((?:[\w\-]+/)*)$", pages.serve, name="wagtail_serve"),
    ),
    path("", pages.to_language),
]
