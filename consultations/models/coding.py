from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField

from .answers import Response
from .consultations import Consultation
from .keys import random_key

FIRST, SECOND, SETTLED = 1, 2, 0  # whose hand gave a code; where the two differ, what they settled on


class CodeBook(models.Model):
    """The codes given to the texts of a question: how far two coders agreed, and the frozen figures once published."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="code_books")
    question = models.CharField(max_length=32)
    base = models.PositiveIntegerField(null=True)
    observed = models.FloatField(null=True)
    kappa = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    figures = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code book")
        constraints = [models.UniqueConstraint(fields=["consultation", "question"], name="one_code_book_per_question")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.question}"


class BookCode(models.Model):
    """One code of a book and when it applies."""

    book = models.ForeignKey(CodeBook, on_delete=models.CASCADE, related_name="codes")
    name = TranslatedField(_("name"), max_length=120)
    description = models.CharField(_("when it applies"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("code")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return self.book.consultation.get_absolute_url()

    @property
    def scope(self) -> str:
        return self.book.consultation.scope


class Coder(models.Model):
    """Who codes with which hand. Codes themselves say the hand alone."""

    book = models.ForeignKey(CodeBook, on_delete=models.CASCADE, related_name="coders")
    hand = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("coder")
        ordering = ["hand"]
        constraints = [
            models.UniqueConstraint(fields=["book", "hand"], name="one_coder_per_hand"),
            models.UniqueConstraint(fields=["book", "person"], name="one_hand_per_coder"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.hand}"


class Coding(models.Model):
    """The code one hand gave to a text; none of them where `code` is empty."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    book = models.ForeignKey(CodeBook, on_delete=models.CASCADE, related_name="codings")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    hand = models.PositiveSmallIntegerField()
    code = models.ForeignKey(BookCode, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("code given to a text")
        constraints = [models.UniqueConstraint(fields=["book", "response", "hand"], name="one_code_per_hand")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.hand}"
