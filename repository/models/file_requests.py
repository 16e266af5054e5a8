from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import Record


class FileRequest(models.Model):
    """Somebody asks for the files of a record that are not open to her; given, she has them through `open_until`."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="file_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.TextField(_("what you need them for"), max_length=2000)
    is_waiting = models.BooleanField(default=True)
    open_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for files")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "person"], condition=models.Q(is_waiting=True), name="one_waiting_file_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.person_id}"
