from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.days import platform_day


class TranslationState(models.Model):
    """What is known of one text of a thing in one language.

    `text` is the translation as it stands in the thing and `source` what it was made from: it is stale as soon as the source
    reads otherwise. `draft` is a translation that waits for review, made from `draft_source`; readers do not see it.
    `told_hash` is the source of which the translators were told last that it has changed.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=160)
    language = models.CharField(max_length=5)
    source_language = models.CharField(max_length=5, default="en")
    source_hash = models.CharField(max_length=32, blank=True)
    source = models.TextField(blank=True)
    text = models.TextField(blank=True)
    is_reviewed = models.BooleanField(default=True)
    is_same = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    draft = models.TextField(blank=True)
    draft_source = models.TextField(blank=True)
    told_hash = models.CharField(max_length=32, blank=True)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("state of a translation")
        constraints = [
            models.UniqueConstraint(fields=["thing", "object_id", "key", "language"], name="one_state_per_translation")
        ]
        indexes = [models.Index(fields=["language", "source_hash"], name="translation_memory")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.key} {self.language}"


class Progress(models.Model):
    """How far a thing is in one language: the counts of its texts, for lists. Can be counted anew at any time."""

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=5)
    texts = models.PositiveIntegerField(default=0)
    reviewed = models.PositiveIntegerField(default=0)
    drafts = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    is_ready = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("progress of a translation")
        constraints = [
            models.UniqueConstraint(fields=["thing", "object_id", "language"], name="one_progress_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.language}"


class Assignment(models.Model):
    """Somebody has taken it on to translate a thing into a language."""

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=5)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(default=platform_day)

    class Meta:
        verbose_name = _("translation taken on")
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "object_id", "language", "person"], name="one_assignment_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.language}"


class BroughtFile(models.Model):
    """Translations read from a file, of which nothing is kept before its bringer has looked at them.

    `entries` are rows of key, language, text, state and the mark of what was exported.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    entries = models.JSONField(default=list)
    brought_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of translations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
