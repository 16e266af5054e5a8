from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from .. import tokens
from ..forms import TokenForm


@login_required
def own(request):
    """The tokens of whoever asks; a new one is shown once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            secret = tokens.make_token(request.user, typed["name"], typed["scopes"], int(typed["days"]))
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            request.session["new-token"] = secret
            return redirect("access:tokens")
    names = dict(tokens.scope_choices())
    rows = [(link, [names.get(scope, scope) for scope in link.scopes]) for link in tokens.tokens(request.user)]
    context = {"form": form, "rows": rows, "secret": request.session.pop("new-token", "")}
    return render(request, "access/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request, pk):
    tokens.end_token(request.user, pk)
    messages.success(request, _("The token no longer opens anything."))
    return redirect("access:tokens")
