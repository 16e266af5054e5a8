from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from .documents import Folder
from .groups import WorkingGroup
from .meetings import Meeting
from .wiki import WikiPage


class MadeFile(models.Model):
    """A file made by a job for one person alone, for a few days, from what she sees of a group."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("Zip of a folder")
        WIKI = "wiki", _("A wiki as a file")
        MINUTES = "minutes", _("Minutes of a meeting")
        MEETING = "meeting", _("Everything of a meeting, to take along")

    kind = models.CharField(max_length=8, choices=Kind)
    ending = models.CharField(max_length=4)
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey(Folder, null=True, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(WikiPage, null=True, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to="made", max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file made for a person")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.group_id}"

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:made_file", args=[self.pk])

    @property
    def subject(self) -> Folder | WikiPage | Meeting | WorkingGroup:
        return self.folder or self.page or self.meeting or self.group

    @property
    def name(self) -> str:
        whole = gettext("Wiki") if self.kind == self.Kind.WIKI else gettext("Documents")
        return f"{whole if self.subject == self.group else self.subject}.{self.ending}"


class MadeFileThing(models.Model):
    """Something that is in a file; whoever sees it no longer does not get the file either."""

    made = models.ForeignKey(MadeFile, on_delete=models.CASCADE, related_name="things")
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("content of a file made for a person")
        constraints = [models.UniqueConstraint(fields=["made", "thing", "object_id"], name="one_thing_in_a_file")]

    def __str__(self) -> str:
        return f"{self.made_id} {self.thing} {self.object_id}"
