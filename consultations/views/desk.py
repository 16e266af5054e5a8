from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.jobs import selectors as jobs

from .. import selectors, services
from ..selectors import opening, registration

PER_PAGE = 50


@login_required
def listing(request):
    page = Paginator(selectors.managed(request.user), PER_PAGE).get_page(request.GET.get("page"))
    people = {"people": registration.registered_people(), "others": registration.not_registered()}
    return render(
        request, "consultations/desk.html", {"page": selectors.with_sent(page), **people, **groups_of_people()}
    )


def groups_of_people() -> dict[str, list[tuple[str, int]]]:
    """Who had herself counted, by country, by what she answered as and by type of organisation, in words."""
    by = {field: registration.registered_by(field) for field in ("country", "audience", "org_type")}
    words = registration.words_of("audience", "org_type") if by["audience"] or by["org_type"] else {}
    return {
        "by_country": named(by["country"], vocabulary.country_labels() if by["country"] else {}),
        "by_audience": named(by["audience"], words.get("audience", {})),
        "by_type": named(by["org_type"], words.get("org_type", {})),
    }


def named(groups: list[tuple[str, int]], words: Mapping[str, str]) -> list[tuple[str, int]]:
    """In words; nothing where no group stands beside all the others."""
    if not any(code for code, _count in groups):
        return []
    return [(words.get(code, code) or _("All others"), count) for code, count in groups]


@login_required
def manage(request, code):
    """Where a consultation stands and what its leader can do next."""
    found = selectors.managed_for(request.user, code)
    rights = ("open", "close", "compute_results", "publish_results", "read_texts")
    by_audience, by_country, by_type = opening.quotas(found)
    in_preparation = found.state in ("draft", "review", "approved")
    context = {
        "consultation": found,
        "hindrances": opening.hindrances(found) if in_preparation else None,
        "by_audience": by_audience,
        "by_country": by_country,
        "by_type": by_type,
        "sent": selectors.count_responses(found),
        "held": registration.count_held(found),
        "aside": registration.count_aside(found),
        "registered": registration.registered(found),
        "results": found.results.defer("figures").first(),
        "job": jobs.latest("consultations.statistics", consultation=found.pk),
        "may": {right: request.user.has_perm(f"consultations.{right}", found) for right in rights},
    }
    return render(request, "consultations/manage.html", context)


@login_required
@require_POST
def open_consultation(request, code):
    found = selectors.managed_for(request.user, code)
    try:
        opened = services.open_consultation(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        told = (
            _("The consultation is open.")
            if opened.takes_answers
            else _("It is public, and takes answers once it opens.")
        )
        messages.success(request, told)
    return redirect("consultations:manage", code=found.code)


@login_required
@require_POST
def close(request, code):
    found = services.close(selectors.managed_for(request.user, code), by=request.user)
    messages.success(request, _("The consultation is closed; nobody can answer any more."))
    return redirect("consultations:manage", code=found.code)


@login_required
@require_POST
def compute(request, code):
    found = selectors.managed_for(request.user, code)
    services.compute(found, by=request.user)
    return redirect("consultations:manage", code=found.code)
