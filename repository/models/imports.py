from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """A table of records somebody has brought: read and checked first, then filed as drafts, all of them or none.

    `problems` are rows of [line of the table, column, words].
    """

    class State(models.TextChoices):
        NEW = "new", _("Being checked")
        CHECKED = "checked", _("Checked")
        FILING = "filing", _("Being filed")
        FILED = "filed", _("Filed")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    rows = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    twins = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("table of records")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("repository:import", args=[self.pk])
