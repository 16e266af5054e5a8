"""Files that are not open to all: who has them, and asking for them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from .models import FileRequest, Record


def waiting(record: Record, person) -> bool:
    return FileRequest.objects.filter(record=record, person=person, is_waiting=True).exists()


def handler(request: FileRequest) -> str:
    """Who deposited the record answers; an editor where nobody is known to have."""
    depositor = request.record.deposited_by_id
    return f"person:{depositor}" if depositor else "role:editor"


def ask(record: Record, *, by, purpose: str) -> FileRequest:
    require(by, "repository.ask_files", record)
    try:
        with transaction.atomic():
            made = FileRequest.objects.create(record=record, person=by, purpose=purpose)
            audit.record("repository.files_asked", made, by=by)
    except IntegrityError:
        raise ValidationError(_("You have asked for them already.")) from None
    return made


@transaction.atomic
def give(request: FileRequest, *, by, reason: str, open_until: date) -> None:
    if open_until < platform_day():
        raise ValidationError({"open_until": _("This day has passed.")})
    request.is_waiting, request.open_until = False, open_until
    request.save(update_fields=["is_waiting", "open_until"])
    audit.record("repository.files_given", request, by=by, until=str(open_until))


def refuse(request: FileRequest, *, by, reason: str) -> None:
    end(request, by=by)


@transaction.atomic
def end(request: FileRequest, *, by) -> None:
    request.is_waiting = False
    request.save(update_fields=["is_waiting"])
    audit.record("repository.files_not_given", request, by=by)
