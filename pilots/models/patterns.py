from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.people.members.models import Organisation


class Pattern(models.Model):
    """One version of a pattern by which rounds of comments are run. Published ones never change; `sha256` is the hash of
    what they were published with.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    title = TranslatedField(_("title"), max_length=200)
    purpose = TranslatedField(_("what it is for"), max_length=2000)
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    sha256 = models.CharField(max_length=64, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    published_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reflective pattern")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="one_pattern_per_code_and_number"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(state="draft"), name="one_draft_of_a_pattern"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state="published"), name="one_published_version_of_a_pattern"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_on__isnull=False),
                name="a_published_pattern_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:pattern", args=[self.pk])


class PatternPart(models.Model):
    """A step, a question or a role of a pattern, in the order in which it is read."""

    class Kind(models.TextChoices):
        STEP = "step", _("Step")
        ROLE = "role", _("Role")
        QUESTION = "question", _("Question")

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveSmallIntegerField()
    text = TranslatedField(_("text"), max_length=600)

    class Meta:
        verbose_name = _("part of a reflective pattern")
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return str(self.text)

    def get_absolute_url(self) -> str:
        return reverse("pilots:pattern", args=[self.pattern_id])
