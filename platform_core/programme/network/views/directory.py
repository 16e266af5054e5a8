from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.people.members.models import Tier

from ..forms.directory import DirectoryFilter, ProfileForm
from ..selectors import directory as selectors
from ..services import profiles as services


@cached_for_guests
def directory(request):
    """Organisations on a map and in a list, filtered."""
    form = DirectoryFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.directory(request.user, **chosen)
    if table := asked(request):
        head = [_("Name"), _("Type"), _("Country"), _("Region"), _("Sectors"), _("Web site")]
        return table("directory", head, (cells(row) for row in selectors.with_profiles(rows)))
    page = Paginator(selectors.with_profiles(rows), 25).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "page": page,
        "rows": [row_of(organisation) for organisation in page],
        "tiles": tiles(selectors.counted_by_region(rows)),
        "form": form,
        "query": query,
        "filtered": bool(query),
    }
    return render(request, "network/directory.html", context)


def row_of(organisation) -> dict:
    profile = getattr(organisation, "cluster_profile", None)
    return {
        "organisation": organisation,
        "kind": vocabulary.term_name("organisation_type", organisation.kind),
        "tier": Tier(organisation.tier).label if organisation.tier else "",
        "profile": profile,
        "sectors": selectors.terms_in(profile, "sector") if profile else [],
        "is_stale": profile.is_stale() if profile else False,
    }


def cells(organisation) -> list[str]:
    row = row_of(organisation)
    return [
        str(organisation.name),
        row["kind"],
        str(organisation.country.name),
        str(organisation.region or ""),
        ", ".join(row["sectors"]),
        organisation.website,
    ]


def tiles(counts: dict[str, int]) -> list[dict]:
    return [
        {
            "code": region.code,
            "name": region.name,
            "column": region.column,
            "row": region.row,
            "value": counts.get(region.code, 0),
            "address": reverse("pages:region", args=[region.code]),
        }
        for region in vocabulary.regions()
    ]


@login_required
def change(request, code):
    profile = selectors.profile_for(request.user, code)
    require(request.user, "network.change_profile", profile)
    form = ProfileForm(request.POST or None, profile=profile, language=active_code())
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_profile(form.applied(), form.terms(), by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The profile is kept and counts as confirmed from today."))
            return redirect(profile.organisation)
    context = {"form": form, "organisation": profile.organisation, "profile": profile}
    return render(request, "network/profile_change.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def confirm(request, code):
    profile = selectors.profile_for(request.user, code)
    require(request.user, "network.change_profile", profile)
    if profile.pk:
        services.confirm(profile, by=request.user)
        messages.success(request, _("Thank you. The profile counts as confirmed from today."))
    return redirect(profile.organisation)
