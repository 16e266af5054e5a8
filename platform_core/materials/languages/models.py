from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.Model):
    """From which source text a translation was made; it is stale as soon as the source reads otherwise."""

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    source_hash = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("state of a translation")
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "object_id", "field", "language"], name="one_state_per_translation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.field} {self.language}"
