from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """How often something takes place again. Its events are rows of their own and can be changed one by one."""

    class Unit(models.TextChoices):
        DAILY = "daily", _("day")
        WEEKLY = "weekly", _("week")
        MONTHLY = "monthly", _("month")

    class Monthly(models.TextChoices):
        DAY = "day", _("on the same day of the month, such as the 15th")
        WEEKDAY = "weekday", _("on the same weekday of the month, such as the third Tuesday")
        LAST = "last", _("on the last such weekday of the month")

    unit = models.CharField(max_length=8, choices=Unit)
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = models.CharField(max_length=13, blank=True)
    monthly = models.CharField(max_length=8, choices=Monthly, default=Monthly.DAY)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("series of events")

    def __str__(self) -> str:
        return f"{self.every} {self.unit}"
