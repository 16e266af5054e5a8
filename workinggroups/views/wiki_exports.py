"""Pages of a wiki, and all of it, as files."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from .. import selectors as groups
from ..selectors import wiki as selectors
from .made_files import asked


@login_required
@require_POST
def whole(request, number):
    group = groups.group_for(request.user, number)
    return asked(request, "wiki", request.POST.get("kind", ""), ("workinggroups:wiki", number), group=group)


@login_required
@require_POST
def page(request, pk):
    found = selectors.page_for(request.user, pk)
    return asked(request, "wiki", request.POST.get("kind", ""), (found,), group=found.group, page=found)
