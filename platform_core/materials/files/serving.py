from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header, parse_etags

from .models import StoredFile


def serve(request, stored: StoredFile, name: str) -> FileResponse | HttpResponse:
    """The bytes as a download; the caller has checked the right. Nothing in them runs in our origin."""
    etag = f'"{stored.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304)
    response = FileResponse(stored.content.open("rb"), content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


PICTURES = ("image/png", "image/jpeg", "image/webp")


def serve_picture(request, stored: StoredFile) -> FileResponse | HttpResponse:
    """A picture to be shown on a page; the caller has checked the right. Other kinds of file are not shown."""
    if stored.media_type not in PICTURES:
        raise Http404
    etag = f'"{stored.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304)
    response = FileResponse(stored.content.open("rb"), content_type=stored.media_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=86400"
    return response


def serve_preview(request, stored: StoredFile, number: int) -> FileResponse | HttpResponse:
    """The picture of a page, 0 for the small one of the first; the caller has checked the right."""
    if number > stored.drawn or not stored.drawn:
        raise Http404
    etag = f'"{stored.sha256}-{number}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304)
    response = FileResponse(default_storage.open(stored.preview(number)), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600"
    return response
