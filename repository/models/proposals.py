from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .records import Record


class Proposal(models.Model):
    """What the depositor of a published record would have changed.

    `changes` holds by path (`year`, `title/el`, `details/cost`, `details/problem/el`) what it was and what it would be;
    `dropped` the keys of files that would go. `file` would come, under `name`.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()
    note = models.CharField(_("what has changed"), max_length=500)
    changes = models.JSONField(default=dict)
    dropped = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=5, blank=True)
    is_waiting = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("proposal to change a record")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "person"], condition=models.Q(is_waiting=True), name="one_waiting_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.made_on}"
