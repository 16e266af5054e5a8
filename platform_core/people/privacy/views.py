from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import holdings, selectors, services
from .forms import EraseForm


def erasure_words() -> dict[str, str]:
    return {
        "delete": _("is deleted"),
        "unlink": _("stays without your name"),
        "anonymise": _("stays without your name"),
        "keep": _("stays, because it is not about you"),
    }


@login_required
def mine(request):
    """What the platform holds of the reader, what she agreed to, and her copy."""
    export = selectors.export_of(request.user)
    context = {
        "holdings": holdings.holdings(request.user),
        "agreements": selectors.agreements(request.user),
        "export": export,
        "job": selectors.job_of(export) if export and not export.made_at else None,
        "rules": selectors.retention(),
        "notice": selectors.current_notice(),
    }
    return render(request, "privacy/mine.html", context)


@login_required
@require_POST
def ask_export(request):
    services.ask_export(request.user)
    messages.success(request, _("Your data is being gathered. This page will offer the file in a moment."))
    return redirect("privacy:mine")


@login_required
@reauthentication_required
def download(request):
    export = selectors.export_of(request.user)
    if export is None or not export.file:
        raise Http404
    response = FileResponse(export.file.open("rb"), as_attachment=True, filename="my-data.zip")
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def consent(request, purpose):
    kinds = {agreement.kind.code: agreement.kind for agreement in selectors.agreements(request.user)}
    if purpose not in kinds:
        raise Http404
    if "withdraw" in request.POST and not kinds[purpose].is_required:
        services.withdraw_consent(request.user, purpose)
        messages.success(request, _("Withdrawn."))
    else:
        services.consent(request.user, purpose)
        messages.success(request, _("Thank you. It is kept with its version and day."))
    return redirect("privacy:mine")


def notice(request, number=None):
    found = selectors.notice_with(number) if number else selectors.current_notice()
    return render(request, "privacy/notice.html", {"notice": found, "rules": selectors.retention()})


@login_required
@reauthentication_required
def erase(request):
    """The preview of what goes and what stays, and the deed itself."""
    person = request.user
    form = EraseForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase(person)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            logout(request)
            messages.success(request, _("Your account is erased. Thank you for having taken part."))
            return redirect("/")
    words = erasure_words()
    rows = [(holding, words[holding.data.erasure]) for holding in holdings.holdings(person)]
    context = {"form": form, "rows": rows}
    return render(request, "privacy/erase.html", context, status=400 if form.errors else 200)
