from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .groups import WorkingGroup


class WikiPage(models.Model):
    """A page of a group's wiki. `slug` is the name in its address, `key` what its title is linked by; every change is a
    revision, the last of which is shown, and `text` repeats it.
    """

    class Marking(models.TextChoices):
        GROUP = "group", _("The working group")
        MEMBERS = "members", _("Members")
        PUBLIC = "public", _("Everyone")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="wiki_pages")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=120)
    key = models.CharField(max_length=120)
    language = models.CharField(_("language"), max_length=5)
    marking = models.CharField(_("who sees it"), max_length=10, choices=Marking, default=Marking.GROUP)
    text = models.TextField(_("text"), blank=True)
    number = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    trashed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("wiki page")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "slug"], name="one_wiki_page_of_a_slug")]
        indexes = [
            models.Index(fields=["group", "key"], name="wiki_pages_by_key"),
            models.Index(fields=["group", "trashed_on", "-changed_at"], name="wiki_pages_lately"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:wiki_page", args=[self.group_id, self.slug])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class WikiRevision(models.Model):
    """A state of a page, never changed; `number` counts from 1."""

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision of a wiki page")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_wiki_revision")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:wiki_revision", args=[self.page_id, self.number])


class WikiName(models.Model):
    """A name a page had; whoever asks for it is led to the page."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=120)
    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="names")

    class Meta:
        verbose_name = _("former name of a wiki page")
        constraints = [models.UniqueConstraint(fields=["group", "slug"], name="one_former_wiki_name")]

    def __str__(self) -> str:
        return self.slug


class WikiLink(models.Model):
    """A page names another in double brackets, whether it is there or not."""

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="links")
    key = models.CharField(max_length=120, db_index=True)
    words = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("link of a wiki page")
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="one_wiki_link")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.key}"


class WikiFile(models.Model):
    """A picture or another file that belongs to a page, by the name its text calls it."""

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("file of a wiki page")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["page", "name"], name="one_wiki_file_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:wiki_file", args=[self.page_id, self.name])
