from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.identity.access.selectors import require
from platform_core.programme.search.listing import listing

from .. import collections as collecting, selectors
from ..forms import CollectionForm
from ..models import Collection

MAY_EDIT = permission_required("repository.edit_collection", raise_exception=True)


@cached_for_guests
def collections(request):
    return render(request, "repository/collections.html", {"collections": collecting.collections(request.user)})


@cached_for_guests
def collection(request, code):
    """The introduction, then what answers the question today, to be filtered further."""
    found = collecting.collection_for(request.user, code)
    within = QueryDict(found.query)
    may_edit = request.user.is_authenticated and request.user.has_perm("repository.edit_collection", found)
    context = {"collection": found, "can_edit": may_edit, **listing(request, selectors.LABEL, within)}
    return render(request, "repository/collection.html", context)


@login_required
@MAY_EDIT
def new(request):
    """From the search in the address: `?q=…&topic=…`."""
    query = request.POST.get("query") or request.GET.urlencode()
    return edited(request, Collection(query=query[:1500]))


@login_required
def change(request, code):
    found = collecting.collection_for(request.user, code)
    require(request.user, "repository.edit_collection", found)
    return edited(request, found)


def edited(request, found):
    form = CollectionForm(request.POST or None, collection=found, language=active_code())
    if request.method == "POST" and form.is_valid():
        try:
            collecting.keep_collection(form.applied(), by=request.user)
        except PermissionDenied:
            form.add_error("topic", _("You look after the collections of your own topic: choose it."))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The collection is kept."))
            return redirect(found)
    status = 422 if form.is_bound else 200
    return render(request, "repository/collection_change.html", {"form": form, "collection": found}, status=status)


@login_required
def drop(request, code):
    found = collecting.collection_for(request.user, code)
    require(request.user, "repository.edit_collection", found)
    if request.method == "POST":
        collecting.drop_collection(found, by=request.user)
        messages.success(request, _("The collection is gone; its records are where they were."))
        return redirect("repository:collections")
    return render(request, "repository/collection_drop.html", {"collection": found})
