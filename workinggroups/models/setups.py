from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.people.members.models import Asked

from .calls import Call
from .documents import Document, DocumentVersion
from .groups import WorkingGroup


class ConceptPaper(models.Model):
    """The document in which a group sets out what it will do, section by section."""

    group = models.OneToOneField(WorkingGroup, on_delete=models.CASCADE, related_name="concept_paper")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="concept_paper")

    class Meta:
        verbose_name = _("concept paper of a working group")

    def __str__(self) -> str:
        return str(self.document)


class SetUp(models.Model):
    """The set-up document that was written from the result of a call; `seal` is the hash of what it was written from."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="set_up")
    document = models.OneToOneField(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("set-up document of a working group")

    def __str__(self) -> str:
        return f"{self.call_id} {self.seal[:12]}"


class PageExport(models.Model):
    """A version of a written page as a file, made by a job and kept with the version, which never changes."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=4, choices=Format)
    file = models.FileField(upload_to="exports/pages", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("page of a group as a file")
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="one_export_per_format")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.format}"


class JoinRequest(models.Model):
    """Somebody asks to take part in a group; its leader answers, as a case."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    why = models.TextField(_("why"), max_length=2000)
    state = models.CharField(max_length=10, choices=Asked, default=Asked.OPEN)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request to take part in a working group")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=models.Q(state="open"), name="one_open_join_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.group_id}"
