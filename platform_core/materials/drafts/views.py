from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import services


@login_required
@require_POST
def keep(request, kind, key=""):
    """Keeps a form as it is typed; answers in words what became of it."""
    version = services.version_of(request.POST.get("draft_version", ""))
    try:
        draft = services.keep(request.user, kind, key, dict(request.POST.lists()), version)
    except ValidationError as problem:
        status = 409 if isinstance(problem, services.StaleDraftError) else 400
        return JsonResponse({"saved": " ".join(problem.messages)}, status=status)
    time = formats.time_format(timezone.localtime(draft.saved_at), "TIME_FORMAT")
    return JsonResponse({"saved": _("Kept at %(time)s") % {"time": time}, "version": draft.version})


def kept(request, kind, key=""):
    """Without JavaScript: the form's own button keeps what is typed, and the page comes again. For the views of forms."""
    version = services.version_of(request.POST.get("draft_version", ""))
    try:
        services.keep(request.user, kind, key, dict(request.POST.lists()), version)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Kept. You can go on whenever you like."))
    return redirect(request.path)
