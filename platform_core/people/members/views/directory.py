from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.pictures import show

from .. import selectors
from ..forms.organisations import OrganisationFilter
from ..models import Tier


def listing(request, template: str, **context):
    form = OrganisationFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.organisations(request.user, **chosen), 25).get_page(request.GET.get("page"))
    for organisation in page:
        organisation.kind_name = vocabulary.term_name("organisation_type", organisation.kind)
        organisation.tier_name = Tier(organisation.tier).label if organisation.tier else ""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, template, {"page": page, "form": form, "query": query, "filtered": bool(query), **context})


@cached_for_guests
def directory(request):
    return listing(request, "members/directory.html")


def logo(request, code):
    return show(selectors.logo_for(request.user, code), public=True)


@cached_for_guests
def organisation(request, code):
    try:
        found = selectors.organisation_for(request.user, code)
    except Http404:
        return redirect(selectors.successor(request.user, code), permanent=True)
    facts = [
        (_("Type"), vocabulary.term_name("organisation_type", found.kind)),
        (_("Country"), str(found.country)),
        (_("Region"), str(found.region) if found.region else ""),
        (_("Membership"), Tier(found.tier).label if found.tier else _("No member of the platform")),
    ]
    context = {
        "organisation": found,
        "facts": [fact for fact in facts if fact[1]],
        "stances": found.stances.select_related("topic"),
        "contacts": selectors.contacts_of(request.user, found),
    }
    context["panels"] = panels_for("organisation.main", request, organisation=found)
    return render(request, "members/organisation.html", context)
