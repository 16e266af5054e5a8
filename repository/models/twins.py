from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import Record


class TitleWord(models.Model):
    """One of the words by which titles nearly the same find each other (see `twins`)."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="title_words")
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("word of a title")
        indexes = [models.Index(fields=["word", "-record"], name="titles_with_a_word")]
        constraints = [models.UniqueConstraint(fields=["record", "word"], name="a_title_has_a_word_once")]

    def __str__(self) -> str:
        return self.word
