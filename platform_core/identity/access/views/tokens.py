from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from .. import tokens
from ..forms import TokenForm


def never_kept(response):
    """Neither by the browser nor by anything between."""
    add_never_cache_headers(response)
    return response


@login_required
def own(request):
    """The tokens of whoever asks; a new one is shown in the answer to its making and stored nowhere."""
    secret = ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            secret = tokens.make_token(request.user, typed["name"], typed["scopes"], int(typed["days"]))
            form = TokenForm()
        except ValidationError as problem:
            show_problem(problem, form)
    names = dict(tokens.scope_choices())
    rows = [(link, [names.get(scope, scope) for scope in link.scopes]) for link in tokens.tokens(request.user)]
    context = {"form": form, "rows": rows, "secret": secret}
    return never_kept(render(request, "access/tokens.html", context, status=422 if form.errors else 200))


@login_required
@require_POST
def end(request, pk):
    tokens.end_token(request.user, pk)
    messages.success(request, _("The token no longer opens anything."))
    return redirect("access:tokens")
