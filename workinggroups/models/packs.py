from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .documents import Folder
from .groups import WorkingGroup


class Pack(models.Model):
    """What one person may see of a folder, with all below it, as a zip for her alone, for a few days."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey(Folder, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to="packs", max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("zip of a folder")

    def __str__(self) -> str:
        return f"{self.group_id} {self.folder_id or ''}"
