from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.languages.services import note_translations

from ..models import FIRST, SECOND, SETTLED, BookCode, CodeBook, Coder, Coding, Consultation
from ..selectors import coding as selectors


def locked(book: CodeBook, right: str, by) -> CodeBook:
    """The stored book, made where there is none; nothing is changed once its figures are published."""
    require(by, right, book.consultation)
    Consultation.objects.select_for_update().get(pk=book.consultation_id)
    found, _new = CodeBook.objects.get_or_create(consultation=book.consultation, question=book.question)
    if found.published_at:
        raise ValidationError(_("The figures of these codes are published; nothing changes any more."))
    return found


@transaction.atomic
def add_code(book: CodeBook, *, name, description: str, by) -> BookCode:
    book = locked(book, "consultations.code_texts", by)
    if selectors.both_done(book):
        raise ValidationError(_("Both coders are done; the codes stay as they are."))
    code = BookCode(book=book, name=name, description=description)
    code.full_clean()
    code.save()
    note_translations(code)
    audit.record("consultations.code_added", book.consultation, by=by, code=code.pk)
    return code


@transaction.atomic
def drop_code(code: BookCode, *, by) -> None:
    book = locked(code.book, "consultations.code_texts", by)
    if Coding.objects.filter(code=code).exists():
        raise ValidationError(_("The code was given to texts already."))
    code.delete()
    audit.record("consultations.code_dropped", book.consultation, by=by)


@transaction.atomic
def take_part(book: CodeBook, *, by) -> Coder:
    """Code with the first free hand."""
    book = locked(book, "consultations.code_texts", by)
    held = {coder.hand: coder for coder in book.coders.all()}
    if own := next((coder for coder in held.values() if coder.person_id == by.pk), None):
        return own
    free = [hand for hand in (FIRST, SECOND) if hand not in held]
    if not free:
        raise ValidationError(_("Two people code these texts already."))
    coder = book.coders.create(hand=free[0], person=by)
    audit.record("consultations.coder_began", book.consultation, by=by, hand=coder.hand)
    return coder


@transaction.atomic
def give_codes(coder: Coder, given: Mapping[int, int], *, by) -> int:
    """Codes by the key of the text, `NONE` where none of them applies."""
    book = locked(coder.book, "consultations.code_texts", by)
    coder = Coder.objects.get(pk=coder.pk)
    if coder.person_id != by.pk or coder.is_done:
        raise ValidationError(_("You have finished; your codes stay as they are."))
    return keep(book, coder.hand, given)


def keep(book: CodeBook, hand: int, given: Mapping[int, int]) -> int:
    known = {selectors.NONE, *book.codes.values_list("pk", flat=True)}
    texts = set(selectors.all_texts(book).filter(pk__in=given).values_list("pk", flat=True))
    if texts != set(given) or not set(given.values()) <= known:
        raise ValidationError(_("Texts or codes have changed meanwhile. Please look at them again."))
    book.codings.filter(hand=hand, response__in=texts).delete()
    rows = [Coding(book=book, response_id=pk, hand=hand, code_id=code or None) for pk, code in given.items()]
    Coding.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(rows)


@transaction.atomic
def finish(coder: Coder, *, by) -> Coder:
    """From now on nothing changes; when both are done their agreement is computed and each sees the other's."""
    book = locked(coder.book, "consultations.code_texts", by)
    coder = Coder.objects.get(pk=coder.pk)
    if coder.person_id != by.pk:
        raise ValidationError(_("Only the coder finishes."))
    if coder.is_done:
        return coder
    if left := selectors.own_texts(coder).filter(given=None).count():
        raise ValidationError(_("Texts without a code: %(n)s. Please code all of them first.") % {"n": left})
    coder.is_done = True
    coder.save(update_fields=["is_done"])
    audit.record("consultations.coder_finished", book.consultation, by=by, hand=coder.hand)
    if selectors.both_done(book):
        jobs.start("consultations.agreement", by=by, book=book.pk)
    return coder


@transaction.atomic
def settle_codes(book: CodeBook, given: Mapping[int, int], *, by) -> int:
    """What the coders settle on where they gave different codes."""
    book = locked(book, "consultations.code_texts", by)
    differing = set(selectors.disagreements(book).values_list("pk", flat=True))
    if not set(given) <= differing:
        raise ValidationError(_("Texts or codes have changed meanwhile. Please look at them again."))
    settled = keep(book, SETTLED, given)
    audit.record("consultations.codes_settled", book.consultation, by=by, texts=settled)
    return settled


@transaction.atomic
def publish_coding(book: CodeBook, *, by) -> Job:
    """Count the codes and freeze the figures; the page of the results shows them once it is published itself."""
    book = locked(book, "consultations.publish_coding", by)
    if not selectors.both_done(book):
        raise ValidationError(_("Two people have to code the texts first."))
    if selectors.unsettled(book):
        raise ValidationError(_("Some texts have two different codes. Please settle them first."))
    audit.record("consultations.coding_published", book.consultation, by=by, question=book.question)
    return jobs.start("consultations.count_codes", by=by, book=book.pk)
