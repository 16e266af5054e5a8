from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.accounts import selectors as accounts

from .. import selectors, services
from ..forms import EndRoleForm, GiveRoleForm, RoleFilter


@login_required
@permission_required("access.view_roles", raise_exception=True)
def roles(request):
    form = RoleFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.roles(request.user, **chosen), 50).get_page(request.GET.get("page"))
    givers = accounts.names_of(held.given_by for held in page if held.given_by)
    rows = [
        (
            held,
            vocabulary.term_name("role", held.role),
            selectors.scope_words(held),
            givers.get(held.given_by, ""),
        )
        for held in page
    ]
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, "access/roles.html", {"page": page, "rows": rows, "form": form, "query": query})


@login_required
@permission_required("access.give_role", raise_exception=True)
def give(request):
    form = GiveRoleForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            held = services.give_role(by=request.user, **form.given())
        except ValidationError as problem:
            show_problem(problem, form, names={"scope": "place", "role": "place"})
        else:
            told = _("%(person)s is now: %(role)s.")
            words = {"person": held.person, "role": vocabulary.term_name("role", held.role)}
            messages.success(request, told % words)
            return redirect("access:roles")
    return render(request, "access/give_role.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@permission_required("access.give_role", raise_exception=True)
def end(request, pk):
    held = selectors.role_for(request.user, pk)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.end_role(held, by=request.user, **form.cleaned_data)
        messages.success(request, _("The role is ended."))
        return redirect("access:roles")
    context = {"form": form, "held": held, "role": vocabulary.term_name("role", held.role)}
    context["place"] = selectors.scope_words(held)
    return render(request, "access/end_role.html", context, status=400 if form.errors else 200)
