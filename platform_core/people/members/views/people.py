from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.panels import panels_for
from platform_core.materials.files.pictures import show

from .. import people
from ..forms.people import OwnProfileForm, PeopleFilter, own_profile


def directory(request):
    """People as far as they show themselves to the reader."""
    form = PeopleFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(people.people(request.user, **chosen), 25).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {"page": page, "rows": people.shown_to(request.user, list(page)), "form": form, "query": query}
    return render(request, "members/people_directory.html", context)


def profile(request, pk):
    found = people.person_for(request.user, pk)
    panels = panels_for("person.main", request, person=pk)
    return render(request, "members/profile.html", {"found": found, "is_own": request.user.pk == pk, "panels": panels})


def photo(request, pk):
    return show(people.photo_for(request.user, pk), public=False)


@login_required
def own(request):
    held = people.profile_of(request.user)
    form = OwnProfileForm(request.POST or None, request.FILES or None, initial=own_profile(held))
    if request.method == "POST" and form.is_valid():
        people.tell(request.user, **form.profile_fields())
        messages.success(request, _("Your profile is kept."))
        return redirect("members:profile", pk=request.user.pk)
    return render(request, "members/own_profile.html", {"form": form}, status=400 if form.errors else 200)
