from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from platform_core.identity.access.selectors import thing_for

from .. import services

DEEDS = {
    "follow": services.follow,
    "unfollow": services.unfollow,
    "mute": services.mute,
    "unmute": services.unmute,
}


@login_required
@require_POST
def follow(request, label, pk):
    """Goes back to the thing."""
    kind, thing = thing_for(request.user, label, pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    deed(request.user, thing)
    return redirect(kind.address(thing))
