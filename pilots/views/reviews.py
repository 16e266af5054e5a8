"""Peer reviews: read by everybody once they are published."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render

from platform_core.exchange.cases.selectors import case_about
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.materials.files.serving import serve
from platform_core.materials.trails import selectors as trails
from platform_core.programme.monitoring.counting import noted

from ..forms.reviews import ReviewFilter
from ..models import PeerReview
from ..selectors import reviews as selectors

PER_PAGE = 25
DEEDS = ("change_review", "invite_peers", "write_review", "publish_review", "follow_review", "call_off_review")


@cached_for_guests
def listing(request):
    form = ReviewFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.published(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, "pilots/reviews.html", {"page": page, "form": form, "query": query})


@cached_for_guests
def review(request, pk):
    found = selectors.review_for(request.user, pk)
    signed_in = request.user.is_authenticated
    may = {name: request.user.has_perm(f"pilots.{name}", found) for name in DEEDS} if signed_in else {}
    context = {
        "review": found,
        "peers": selectors.peers_of(found),
        "findings": selectors.findings_of(found),
        "recommendations": selectors.recommendations_of(found),
        "follow_ups": found.follow_ups.all(),
        "reports": found.reports.select_related("file"),
        "relations": trails.around(request.user, found),
        "names": signed_in and request.user.has_perm("members.view_contacts"),
        "may": may,
        "case": case_of(request.user, found),
    }
    response = render(request, "pilots/review.html", context)
    return noted(response, selectors.LABEL, found) if found.state == PeerReview.State.PUBLISHED else response


def case_of(user, review):
    if not user.is_authenticated or review.state != PeerReview.State.APPLIED:
        return None
    return case_about(user, selectors.LABEL, review.pk)


def report(request, pk, language):
    """The file as it was made after publication."""
    found = selectors.review_for(request.user, pk)
    return serve(request, selectors.report_for(found, language).file, f"peer-review-{found.pk}-{language}.pdf")
