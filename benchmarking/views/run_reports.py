from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.fields import printable
from platform_core.materials.files.serving import serve

from ..readings import addresses
from ..selectors import readings as selectors
from ..services import readings as services


@login_required
@require_POST
def ask(request, code):
    run = selectors.run_read(request.user, code, request.GET.get("run", ""))
    services.ask(run, by=request.user)
    messages.success(request, _("The reports are being written. They appear on this page."))
    return redirect(addresses.page(run, "reading_method"))


def report(request, code, language, form):
    """The file as it was made; nobody who asks for it starts any work."""
    run = selectors.run_read(request.user, code, request.GET.get("run", ""))
    return serve(
        request, selectors.report_for(run, printable(language), printable(form)).file, f"{code}-{language}.{form}"
    )
