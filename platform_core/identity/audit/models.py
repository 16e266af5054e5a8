from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Somebody did something to a thing. Rows are only ever added; the sealer fills `sequence` and `digest` once.

    `actor` is a pseudonym, empty for the platform itself; `payload` holds ids and field names, never personal text.
    """

    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    actor = models.CharField(max_length=32, blank=True, db_index=True)
    thing = models.CharField(max_length=80)
    thing_id = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event")
        indexes = [
            models.Index(fields=["thing", "thing_id"], name="audit_event_thing"),
            models.Index(
                fields=["id"], condition=models.Q(dispatched_at__isnull=True), name="audit_event_undispatched"
            ),
            models.Index(fields=["id"], condition=models.Q(sequence__isnull=True), name="audit_event_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.thing_id}"

    @property
    def is_foreseen(self) -> bool:
        """It has not happened: somebody asks who would be told of it. What it opens is not open yet."""
        return self.pk is None
