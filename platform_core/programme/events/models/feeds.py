from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.identity.access.models import SecretLink


class CalendarFeed(models.Model):
    """A subscription of one person under a secret address; what it holds is decided anew each time it is read.

    `filters` are those of the calendar as in an address; `used_on` is the last day a calendar program asked.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    link = models.OneToOneField(SecretLink, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    filters = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("calendar feed")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
