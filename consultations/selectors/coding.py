from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require, visible

from ..models import FIRST, SECOND, SETTLED, BookCode, CodeBook, Coder, Coding, Consultation
from .answers import identifying
from .consultations import current_version
from .texts import text_question, written

NONE = 0  # stands for “none of the codes” where codes are compared


def coded_consultation(user, code: str) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    require(user, "consultations.code_texts", found)
    return found


def book_of(consultation: Consultation, question: str) -> CodeBook:
    """The book of a question; an unsaved one where nobody has begun."""
    text_question(current_version(consultation), question)
    found = CodeBook.objects.filter(consultation=consultation, question=question).first()
    return found or CodeBook(consultation=consultation, question=question)


def hand_of(user, book: CodeBook) -> Coder | None:
    return book.coders.filter(person=user).first() if book.pk else None


def codes(book: CodeBook) -> list[BookCode]:
    return list(book.codes.all()) if book.pk else []


def code_for(book: CodeBook, pk: int) -> BookCode:
    return get_object_or_404(BookCode, book=book, pk=pk)


def shown_codes(user) -> QuerySet[BookCode]:
    """Codes of published figures for who sees the consultation, and of all books for who may give codes."""
    books = CodeBook.objects.select_related("consultation")
    seen = visible(Consultation.objects.filter(code_books__published_at__isnull=False), user)
    own = [book.pk for book in books if user.has_perm("consultations.code_texts", book.consultation)]
    published = Q(book__published_at__isnull=False, book__consultation__in=seen.values("pk"))
    return BookCode.objects.select_related("book__consultation").filter(published | Q(book__in=own))


def all_texts(book: CodeBook) -> QuerySet[Any]:
    return written(current_version(book.consultation), book.question)


def given(book: CodeBook, hand: int) -> Subquery:
    """The code a hand gave to a text, `NONE` where none applies, null where it gave nothing yet."""
    rows = Coding.objects.filter(book=book, hand=hand, response=OuterRef("pk"))
    return Subquery(rows.annotate(told=Coalesce(F("code_id"), NONE)).values("told")[:1])


def own_texts(coder: Coder) -> QuerySet[Any]:
    """The texts with what this coder gave them; never what the other did."""
    return all_texts(coder.book).annotate(given=given(coder.book, coder.hand))


def progress(book: CodeBook) -> dict[int, int]:
    """How many texts each hand has coded."""
    rows = Coding.objects.filter(book=book).order_by() if book.pk else Coding.objects.none()
    return dict(rows.values_list("hand").annotate(Count("pk")))


def both_done(book: CodeBook) -> bool:
    return bool(book.pk) and book.coders.filter(is_done=True).count() == SECOND


def compared(book: CodeBook) -> QuerySet[Any]:
    """Texts with what either gave and what was settled; only when both are done."""
    if not both_done(book):
        raise PermissionDenied
    hands = {"first": FIRST, "second": SECOND, "settled": SETTLED}
    return all_texts(book).annotate(**{name: given(book, hand) for name, hand in hands.items()})


def disagreements(book: CodeBook) -> QuerySet[Any]:
    return compared(book).filter(~Q(first=F("second")))


def unsettled(book: CodeBook) -> int:
    return disagreements(book).filter(settled=None).count()


def published_books(consultation: Consultation) -> dict[str, CodeBook]:
    rows = consultation.code_books.filter(published_at__isnull=False).prefetch_related("codes")
    apart = identifying(consultation) if rows else set()
    return {book.question: book for book in rows if book.question not in apart}
