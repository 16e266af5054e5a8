from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .records import Record


class ReadingList(models.Model):
    """Records somebody keeps together; nobody else sees it but through a link its owner has made."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_lists")
    name = models.CharField(_("name"), max_length=120)
    records = models.ManyToManyField(Record, through="ReadingItem", related_name="+")

    class Meta:
        verbose_name = _("reading list")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_reading_list_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("repository:reading_list", args=[self.pk])


class ReadingItem(models.Model):
    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("record on a reading list")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reading_list", "record"], name="one_item_per_record")]

    def __str__(self) -> str:
        return f"{self.reading_list_id}: {self.record_id}"
