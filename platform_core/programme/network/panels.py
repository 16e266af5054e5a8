"""What the directory shows on other rooms' pages."""

from django.urls import reverse

from .models import Network, Seat
from .selectors import cooperation, directory
from .views.cooperation import tie_rows

SHOWN = 12


def profile(request, organisation, **subject) -> dict:
    """On the page of an organisation: its profile, ties and networks, and what may be done about them."""
    found = directory.profile_of(organisation)
    may_change = False
    if request.user.is_authenticated:
        may_change = request.user.has_perm(
            "network.change_profile", directory.profile_for(request.user, organisation.code)
        )
    return {
        "profile": found,
        "sectors": directory.terms_in(found, "sector") if found else [],
        "technologies": directory.terms_in(found, "technology") if found else [],
        "criteria": directory.criteria(found) if found else [],
        "is_stale": found.is_stale() if found else False,
        "may_change": may_change,
        "speaks": request.user.is_authenticated and request.user.has_perm("network.tie", organisation),
        "ties": tie_rows(organisation)[:SHOWN],
        "networks": cooperation.networks_of(organisation),
    }


def organisations_here(request, region=None, country=None, **subject) -> dict:
    """On the page of a region or a country: its organisations and the networks they sit in."""
    place = {"region": region.code} if region else {"country": country.code}
    rows = directory.directory(request.user, **place)
    seats = Seat.objects.filter(organisation__in=rows.values("pk"), state=Seat.State.CONFIRMED)
    name, code = next(iter(place.items()))
    return {
        "organisations": [directory_row(row) for row in directory.with_profiles(rows)[:SHOWN]],
        "number": rows.count(),
        "networks": Network.objects.filter(pk__in=seats.values("network")),
        "address": f"{reverse('network:directory')}?{name}={code}",
    }


def directory_row(organisation) -> dict:
    found = getattr(organisation, "cluster_profile", None)
    return {"organisation": organisation, "sectors": directory.terms_in(found, "sector") if found else []}
