import reversion
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile
from repository.models import Record

from .groups import WorkingGroup


class Folder(models.Model):
    """A place for documents of a group; those without a parent are its top."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="folders")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("folder")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="one_folder_of_a_name"),
            models.UniqueConstraint(
                fields=["group", "name"], condition=models.Q(parent=None), name="one_top_folder_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:folder", args=[self.group_id, self.pk])


@reversion.register()
class Document(models.Model):
    """Something a group works on: a file, or a page written here. Every change is a version, the last of which is shown.

    `approved` is the fingerprint of the version that was approved; it is emptied by any change. A translation names the
    document it translates and the fingerprint it was made from (`translated_from`). `office_lock` is the name of the lock of
    an office program (WOPI), empty for a check-out by hand. `published_version` is the one that stands in the repository.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    class Marking(models.TextChoices):
        PUBLIC = "public", _("Everyone, once it is approved")
        MEMBERS = "members", _("Members, once it is approved")
        GROUP = "group", _("The working group")
        RESTRICTED = "restricted", _("The leader, whoever made it, and those invited to it")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="documents")
    folder = models.ForeignKey(Folder, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=5)
    marking = models.CharField(_("who sees it"), max_length=10, choices=Marking, default=Marking.GROUP)
    is_page = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved = models.CharField(max_length=64, blank=True)
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations"
    )
    translated_from = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    locked_until = models.DateTimeField(null=True, blank=True)
    office_lock = models.CharField(max_length=1024, blank=True)
    trashed_on = models.DateField(null=True, blank=True)
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_version = models.ForeignKey(
        "DocumentVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("document of a working group")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["group", "folder", "trashed_on", "-changed_at"], name="documents_of_a_folder")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:document", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > timezone.now()


class DocumentVersion(models.Model):
    """A state of a document, never changed. `fingerprint` is the hash of all that it says: title, description, language,
    and the hash of the file's bytes or of the page's text.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    note = models.CharField(_("what has changed"), max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of a document")
        ordering = ["-major", "-minor"]
        constraints = [models.UniqueConstraint(fields=["document", "major", "minor"], name="one_document_version")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:version", args=[self.document_id, self.major, self.minor])

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"
