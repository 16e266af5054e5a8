from django.core.exceptions import BadRequest


class PlainAddressMiddleware:
    """No address of ours holds a NUL; PostgreSQL takes none in a text, so that asking for one is answered here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)
