from django.urls import reverse

from platform_core.identity.accounts.models import User

from .selectors.manners import may_write_to


def write_to_person(request, *, person: int) -> dict | None:
    found = User.objects.filter(pk=person).first() if request.user.is_authenticated else None
    if found is None or not may_write_to(request.user, found):
        return None
    return {"write": reverse("messaging:write_person", args=[person])}


def write_to_organisation(request, *, organisation) -> dict | None:
    if not request.user.is_authenticated:
        return None
    return {"write": reverse("messaging:write_organisation", args=[organisation.code])}
