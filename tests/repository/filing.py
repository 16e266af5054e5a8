"""Files to attach, and records that hold them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from platform_core.ground.reports.pdf import pages_to_pdf
from repository import services
from repository.models import RecordFile


def pdf(*pages: str, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pages_to_pdf("Report", list(pages), "en"), "application/pdf")


def attach(
    record, content: bytes = b"The guarantee fund.", name: str = "notes.txt", language: str = "en"
) -> RecordFile:
    return services.attach(record, io.BytesIO(content), name, language)
