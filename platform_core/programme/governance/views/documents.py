from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve

from .. import selectors, services
from ..forms import DocumentForm


@login_required
def attach(request, pk):
    found = selectors.decision_for(request.user, pk)
    require(request.user, "governance.change_decision", found)
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"language": active_code()})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        services.attach(found, file, file.name, form.cleaned_data["language"], by=request.user)
        messages.success(request, _("The document lies beside the proposal."))
        return redirect(found)
    context = {"form": form, "decision": found}
    return render(request, "governance/attach.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def detach(request, pk, document):
    found = selectors.decision_for(request.user, pk)
    services.detach(found, document, by=request.user)
    messages.success(request, _("The document is taken away."))
    return redirect(found)


def download(request, pk, document, name=""):
    found = selectors.document_for(request.user, pk, document)
    return serve(request, found.file, found.name)
