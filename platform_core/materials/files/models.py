import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The bytes of a file, kept once under their hash and never changed. Names belong to whoever attaches it.

    `kept_at` is when it was kept last, since the same bytes come again; nobody needs what nothing points to for long.
    `page_count` is 0 until its pages were drawn; `drawn` says of how many, from the first, there is a picture.
    `in_parts`: its text has no pages of its own and was cut into parts, whose numbers are none of pages.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Text is being read")
        READY = "ready", _("Text can be searched")
        UNREADABLE = "unreadable", _("No text could be read")

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    content = models.FileField(upload_to="files", max_length=200)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    kept_at = models.DateTimeField(default=timezone.now)
    page_count = models.PositiveIntegerField(default=0)
    drawn = models.PositiveSmallIntegerField(default=0)
    in_parts = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.sha256[:12]

    def preview(self, number: int) -> str:
        """Where the storage keeps the picture of a page; 0 is the small one of the first."""
        return f"previews/{self.sha256[:2]}/{self.sha256}/{number:04}.webp"


class FilePage(models.Model):
    """The text of one page; `number` counts from 1. Files without pages have a single one."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        verbose_name = _("page of a file")
        ordering = ["file_id", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_text_per_page")]

    def __str__(self) -> str:
        return f"{self.file} p. {self.number}"


class Upload(models.Model):
    """A large file on its way: its parts lie in the storage under their offsets until all `size` bytes are there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("upload")

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"

    def part(self, offset: int) -> str:
        return f"uploads/{self.pk}/{offset:015}"
