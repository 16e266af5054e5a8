from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from platform_core.programme.monitoring.models import Indicator, ManualEvidence
from platform_core.programme.monitoring.services import handing_in


def upload(words: str = "Minutes of the meeting.", name: str = "proof.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode(), content_type="text/plain")


def indicator(code: str = "o04") -> Indicator:
    return Indicator.objects.get(code=code)


def handed_in(by, code: str = "o04", **fields) -> ManualEvidence:
    told = {"title": "Recommendations of group 4", "text": "Agreed at the meeting.", "day": timezone.localdate()}
    return handing_in.hand_in(indicator(code), upload(), "proof.txt", by=by, **told | fields)
