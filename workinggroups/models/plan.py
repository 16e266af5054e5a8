from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repository.models import Record

from .documents import Document
from .groups import WorkingGroup


class PlanPeriod(models.Model):
    """A period of a group's work plan, from a day to a day."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField(_("number"))
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"))

    class Meta:
        verbose_name = _("period of a work plan")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_period_of_a_number"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="a_period_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.number:02}"


class Output(models.Model):
    """What a group has promised in its concept paper: something it makes, or a result that follows from it."""

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Output")
        RESULT = "result", _("Result")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="outputs")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.OUTPUT)
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("counted in"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("output of a work plan")
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["group", "code"], name="one_output_of_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:output", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class PlanTarget(models.Model):
    """How many of an output are promised for the end of a period."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="targets")
    period = models.PositiveSmallIntegerField(_("period"))
    number = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target of an output")
        ordering = ["period"]
        constraints = [models.UniqueConstraint(fields=["output", "period"], name="one_target_of_a_period")]

    def __str__(self) -> str:
        return f"{self.output_id} {self.period}: {self.number}"


class PlanEvidence(models.Model):
    """A document or a record that an output consists of; what is reached is how many of them there are."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="evidence")
    period = models.PositiveSmallIntegerField(_("period"))
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_on = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence for an output")
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["output", "document"], name="one_document_once_per_output"),
            models.UniqueConstraint(fields=["output", "record"], name="one_record_once_per_output"),
            models.CheckConstraint(
                condition=models.Q(document=None, record__isnull=False) | models.Q(document__isnull=False, record=None),
                name="evidence_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.output_id} {self.document_id or ''} {self.record_id or ''}"
