from django.core.files.uploadedfile import SimpleUploadedFile

from workinggroups.models import Document, WorkingGroup
from workinggroups.selectors.documents import versions
from workinggroups.services import documents, reviews


def group(number: int = 4) -> WorkingGroup:
    return WorkingGroup.objects.get(pk=number)


def upload(content: bytes = b"The first words.", name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def file_document(by, content: bytes = b"The first words.", name: str = "plan.txt", **fields) -> Document:
    return documents.add(group(), by=by, file=upload(content, name), **{"language": "en", **fields})


def page(by, text: str = "One.\n\nTwo.\n", title: str = "Plan", of: int = 4, **fields) -> Document:
    return documents.add(group(of), by=by, text=text, title=title, **{"language": "en", **fields})


def change(document: Document, by, **fields) -> Document:
    """The next version, made from the last one."""
    documents.change(document, by=by, base=versions(document).first().number, **fields)
    document.refresh_from_db()
    return document


def approved(document: Document, by, reviewer, due_on) -> Document:
    """The document after somebody of the group approved its last version."""
    review = reviews.ask(document, [reviewer], by=by, due_on=due_on)
    reviews.approve(review.reviewers.get(), by=reviewer, reason="Good.")
    document.refresh_from_db()
    return document
