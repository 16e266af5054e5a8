from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .threads import Thread


class Post(models.Model):
    """Something said in a thread, in Markdown. Its key never changes, whatever thread it is moved to."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(_("language"), max_length=5)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    answers_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(_("why it is hidden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("post")
        ordering = ["pk"]
        indexes = [models.Index(fields=["thread", "language"], name="posts_by_language")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.text[:40]}"

    @property
    def is_shown(self) -> bool:
        return not self.hidden_because and self.deleted_at is None


class PostVersion(models.Model):
    """What a post said; the last version is what it says now."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=5)
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a post")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_post_version")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.number}"


class PostFile(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("file of a post")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """Somebody was called by name, and is told once."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mention")
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_mention_in_a_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.person_id}"


class PostTranslation(models.Model):
    """A post in another language, by somebody who reads both.

    `version` is that of the post it was made from; `number` grows with every text that takes the place of another.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=5)
    text = models.TextField(_("text"), max_length=20_000)
    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("translation of a post")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["post", "language"], name="one_translation_of_a_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.language}"
