from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.files.models import StoredFile


class LibraryEntry(models.Model):
    """A question or a scale to be used again. `content` is the question, or the list of the scale's steps; `picture` its own.

    `words` are its texts in every language, folded, to be found by.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        SCALE = "scale", _("Scale")

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.SlugField(unique=True)
    title = TranslatedField(_("title"), max_length=300)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    picture = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("entry of the library of questions")
        ordering = ["-is_shipped", "code"]

    def __str__(self) -> str:
        return str(self.title)
