from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField

from .documents import Document, DocumentVersion
from .groups import WorkingGroup


class DocumentField(models.Model):
    """Something a group says of each of its documents. One that is closed is asked no more; what was said stays."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of several choices")
        NUMBER = "number", _("Number")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="fields")
    name = TranslatedField(max_length=120)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    is_required = models.BooleanField(_("has to be filled in"), default=False)
    position = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("field of documents")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def scope(self) -> str:
        return self.group.scope


class FieldChoice(models.Model):
    field = models.ForeignKey(DocumentField, on_delete=models.CASCADE, related_name="choices")
    name = TranslatedField(max_length=120)
    position = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("choice of a field")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class FieldValue(models.Model):
    """What a version says in a field. `document` is set only as long as that version is the last one of its document."""

    COLUMNS = {"text": "text", "date": "day", "choice": "choice", "number": "number"}

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="values")
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="values")
    field = models.ForeignKey(DocumentField, on_delete=models.PROTECT, related_name="values")
    text = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True)
    choice = models.ForeignKey(FieldChoice, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    class Meta:
        verbose_name = _("field of a version")
        ordering = ["field__position", "field_id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "field"], name="one_value_of_a_version"),
            models.UniqueConstraint(fields=["document", "field"], name="one_value_of_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.field_id}"

    @property
    def value(self) -> str | date | FieldChoice | Decimal:
        return getattr(self, self.COLUMNS[self.field.kind])
