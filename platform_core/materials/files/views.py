from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from . import resumable


def refused(problem: ValidationError, status: int = 400, **more) -> JsonResponse:
    return JsonResponse({"problem": " ".join(problem.messages), **more}, status=status)


@login_required
@permission_required("files.send_parts", raise_exception=True)
@require_POST
def begin(request):
    """Announce a large file; answers under which address its parts are taken."""
    size = request.POST.get("size", "")
    try:
        made = resumable.begin(
            request.user, request.POST.get("name", ""), int(size) if size.isdecimal() and len(size) < 16 else 0
        )
    except ValidationError as problem:
        return refused(problem)
    return JsonResponse({"upload": str(made.pk), "received": 0, "part": resumable.PART})


@login_required
@require_http_methods(["GET", "PUT", "DELETE"])
def upload(request, pk):
    """How much has arrived; the next part, whose place the header Upload-Offset says; or give it up."""
    found = resumable.upload_of(request.user, pk)
    if request.method == "DELETE":
        resumable.drop(found)
        return JsonResponse({"received": 0})
    if request.method == "PUT":
        offset = request.headers.get("Upload-Offset", "")
        try:
            part = request.read(resumable.PART + 1)
            found.received = resumable.take(found, int(offset) if offset.isdecimal() and len(offset) < 16 else -1, part)
        except resumable.OffsetError as problem:
            return refused(problem, 409, received=problem.received)
        except ValidationError as problem:
            return refused(problem)
    return JsonResponse({"upload": str(found.pk), "received": found.received, "part": resumable.PART})
