from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.audit import selectors as audit

from . import selectors, services
from .forms import AdmitForm, OrganisationFilter
from .models import Tier


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


@cached_for_guests
def organisation(request, code):
    found = selectors.organisation_for(request.user, code)
    facts = [
        (_("Type"), vocabulary.term_name("organisation_type", found.kind)),
        (_("Country"), str(found.country)),
        (_("Region"), str(found.region) if found.region else ""),
        (_("Membership"), Tier(found.tier).label if found.tier else _("No member of the platform")),
    ]
    context = {"organisation": found, "facts": [fact for fact in facts if fact[1]]}
    return render(
        request, "members/organisation.html", {**context, "contacts": selectors.contacts_of(request.user, found)}
    )


@login_required
@permission_required("members.view_desk", raise_exception=True)
def desk(request):
    return listing(request, "members/desk.html", counts=selectors.counts_by_tier(request.user))


@login_required
@permission_required("members.view_desk", raise_exception=True)
def desk_organisation(request, code):
    found = selectors.organisation_for_desk(request.user, code)
    names, history = audit.verb_names(), audit.history_of("members.organisation", found.pk)[:50]
    events = [(event, names.get(event.verb, event.verb)) for event in history]
    return render(request, "members/desk_organisation.html", {"organisation": found, "events": events})


@login_required
@permission_required("members.admit_organisation", raise_exception=True)
def admit(request, code):
    found = selectors.organisation_for_desk(request.user, code)
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.admit(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = _("%(organisation)s is admitted as %(tier)s. Its contact is told.")
            messages.success(request, told % {"organisation": found, "tier": Tier(form.cleaned_data["tier"]).label})
            return redirect("members:desk_organisation", code=code)
    context = {"organisation": found, "form": form}
    return render(request, "members/admit.html", context, status=400 if form.errors else 200)
