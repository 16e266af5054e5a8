"""Documents in an office program: the page that hands them over, and what the program asks for (WOPI)."""

import base64
import re
import tempfile
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from platform_core.materials.files.serving import serve

from .. import office
from ..selectors import documents as selectors
from ..services import office as services

PIECE = 2**20
LOCK_NAME = re.compile(r"[ -~]{1,1024}")
CHANGED_MEANWHILE = {"COOLStatusCode": 1010}  # as Collabora Online calls it: it asks the person what to do


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """A form that carries the token to the office program, into a frame or a tab; its host is allowed here alone."""
    found = selectors.document_for(request.user, pk)
    version = selectors.shown_version(request.user, found)
    if not office.takes(version.name) or found.trashed_on is not None:
        raise Http404
    if request.method == "GET":
        return redirect(found)
    writes = services.may_write(request.user, found) and services.is_free(request.user, found)
    source = settings.SITE_URL + reverse("workinggroups:office_file", args=[pk])
    try:
        address = office.editor(version.name, source, writes=writes)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    link, secret = services.open_for(found, version, by=request.user)
    told = {"token": secret, "ends": int(link.expires_at.timestamp() * 1000), "address": address, "writes": writes}
    response = render(request, "workinggroups/office.html", {"document": found, "version": version, **told})
    response._csp_update = {"frame-src": [office.origin(address)], "form-action": [office.origin(address)]}
    return response


def for_office(view):
    """Lets in who comes with a good token; tells of locks in the headers the protocol has for it."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request, pk):
        token = request.GET.get("access_token") or request.headers.get("Authorization", "").removeprefix("Bearer ")
        opening = services.enter(token, pk) if settings.WOPI_SERVER else None
        if opening is None:
            return HttpResponse(status=401)
        try:
            with override(opening.person.language):
                response = view(request, opening)
        except services.LockError as problem:
            response = HttpResponse(status=409)
            response["X-WOPI-Lock"], response["X-WOPI-LockFailureReason"] = problem.held, problem.reason
            if problem.by_hand:
                response["X-WOPI-LockedByOtherInterface"] = "true"
        except PermissionDenied:
            response = HttpResponse(status=404)
        response["X-WOPI-ItemVersion"] = opening.version.number
        return response

    return answer


@require_http_methods(["GET", "POST"])
@for_office
def file(request, opening):
    """What the file is, and its lock."""
    if request.method == "GET":
        return JsonResponse(about(opening))
    override = request.headers.get("X-WOPI-Override", "")
    if override == "GET_LOCK":
        response = HttpResponse()
        response["X-WOPI-Lock"] = services.tell_lock(opening.document, by=opening.person)
        return response
    deed, name = LOCKING.get(override), request.headers.get("X-WOPI-Lock", "")
    if deed is None:
        return HttpResponse(status=501)
    if not LOCK_NAME.fullmatch(name):
        return HttpResponse(status=400)
    deed(opening, name, request)
    return HttpResponse()


def about(opening) -> dict:
    """CheckFileInfo of the protocol."""
    person, document, stored = opening.person, opening.document, opening.version.file
    writes = services.may_write(person, document) and services.is_free(person, document)
    address = settings.SITE_URL + document.get_absolute_url()
    return {
        "BaseFileName": opening.version.name,
        "OwnerId": str(document.made_by_id or ""),
        "UserId": str(person.pk),
        "UserFriendlyName": str(person),
        "Size": stored.size,
        "Version": opening.version.number,
        "SHA256": base64.b64encode(bytes.fromhex(stored.sha256)).decode(),
        "LastModifiedTime": services.moment(opening.version),
        "BreadcrumbDocName": opening.version.title,
        "BreadcrumbFolderUrl": address,
        "CloseUrl": address,
        "HostViewUrl": address,
        "UserCanWrite": writes,
        "ReadOnly": not writes,
        "UserCanNotWriteRelative": True,
        "SupportsUpdate": True,
        "SupportsLocks": True,
        "SupportsGetLock": True,
        "SupportsExtendedLockLength": True,
    }


def take_lock(opening, name, request) -> None:
    """Lock, or UnlockAndRelock, which the name of the old lock tells apart."""
    if "X-WOPI-OldLock" in request.headers:
        services.relock(opening.document, name, request.headers["X-WOPI-OldLock"], by=opening.person)
    else:
        services.lock(opening.document, name, by=opening.person)


def give_back(opening, name, request) -> None:
    services.unlock(opening.document, name, by=opening.person)


def keep_on(opening, name, request) -> None:
    services.refresh(opening.document, name, by=opening.person)


LOCKING = {"LOCK": take_lock, "UNLOCK": give_back, "REFRESH_LOCK": keep_on}


@require_http_methods(["GET", "POST"])
@for_office
def contents(request, opening):
    if request.method == "GET":
        return bytes_of(request, opening.version)
    if request.headers.get("X-WOPI-Override") != "PUT":
        return HttpResponse(status=501)
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_SIZE_LIMIT:
        return HttpResponse(status=413)
    with tempfile.TemporaryFile() as brought:
        while piece := request.read(PIECE):
            brought.write(piece)
        name, seen = (request.headers.get(header, "") for header in ("X-WOPI-Lock", "X-COOL-WOPI-Timestamp"))
        try:
            opening.version = services.put(opening.document, brought, name, by=opening.person, seen=seen)
        except services.StaleError:
            return JsonResponse(CHANGED_MEANWHILE, status=409, headers={"X-WOPI-Lock": name})
        except ValidationError as problem:
            return JsonResponse({"problem": " ".join(problem.messages)}, status=400)
    return JsonResponse({"LastModifiedTime": services.moment(opening.version)})


def bytes_of(request, version):
    """GetFile of the protocol: nothing of a file that is larger than the office can take."""
    most = request.headers.get("X-WOPI-MaxExpectedSize", "")
    if most.isdecimal() and len(most) < 20 and version.file.size > int(most):
        return HttpResponse(status=412)
    return serve(request, version.file, version.name)
