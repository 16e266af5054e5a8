from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person typed into a form and has not sent; `fields` are the form's values by name, each a list of strings."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
