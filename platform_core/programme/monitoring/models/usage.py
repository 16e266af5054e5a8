from django.db import models
from django.utils.translation import gettext_lazy as _


class Usage(models.Model):
    """How often a thing was used in a month, in a language of the page; nothing is kept of who used it.

    The four numbers are COUNTER's: investigations (`views`) and requests (`downloads`), each once in all and once per
    reader and hour.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    month = models.DateField(_("month"))
    language = models.CharField(max_length=5)
    views = models.PositiveIntegerField(_("views"), default=0)
    unique_views = models.PositiveIntegerField(_("unique views"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)
    unique_downloads = models.PositiveIntegerField(_("unique downloads"), default=0)

    class Meta:
        verbose_name = _("usage")
        constraints = [
            models.UniqueConstraint(fields=["thing", "object_id", "month", "language"], name="one_usage_per_month")
        ]
        indexes = [models.Index(fields=["thing", "month"], name="monitoring_usage_month")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.month:%Y-%m}: {self.views}"
