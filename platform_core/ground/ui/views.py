from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from .samples import sample_page
from .stylesheets import current_sheet

FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """An address from before an update still gives a sheet, but not one to keep."""
    sheet = current_sheet()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.packed if packed else sheet.text, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = FOR_GOOD if digest == sheet.digest else "no-cache"
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, drawn by the real tags."""
    return render(request, "ui/gallery.html", sample_page())
