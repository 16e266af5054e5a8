from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField, as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary.models import Term
from platform_core.people.members.models import Organisation
from workinggroups.models import WorkingGroup

LONG = 6000


class Mechanism(models.Model):
    """A policy learning mechanism as its working group writes it now. What others read is its `published` version; one that
    is withdrawn has none any more, and is never written again.

    `number` counts within the group; `terms` are levels and stages of the policy cycle. `key` is the form's, so that a
    double click makes one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        REVIEW = "review", _("Being looked at")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("in short"), blank=True, max_length=800)
    problem = TranslatedField(_("problem"), blank=True, max_length=LONG)
    working = TranslatedField(_("how it works"), blank=True, max_length=LONG)
    actors = TranslatedField(_("actors and levels"), blank=True, max_length=LONG)
    steps = TranslatedField(_("steps"), blank=True, max_length=LONG)
    resources = TranslatedField(_("resources"), blank=True, max_length=LONG)
    risks = TranslatedField(_("risks"), blank=True, max_length=LONG)
    success = TranslatedField(_("indicators of success"), blank=True, max_length=LONG)
    terms = models.ManyToManyField(Term, blank=True, related_name="+")
    is_cross_department = models.BooleanField(
        _("it is about coordination across departments and levels"), default=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published = models.ForeignKey(
        "pilots.MechanismVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    why_withdrawn = models.TextField(_("reasons"), blank=True, max_length=2000)
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("policy learning mechanism")
        ordering = ["group", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_mechanism_per_group_and_number"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published__isnull=False),
                name="a_published_mechanism_has_a_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | models.Q(published__isnull=True, withdrawn_on__isnull=False) & ~models.Q(why_withdrawn=""),
                name="a_withdrawn_mechanism_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.headline)

    def get_absolute_url(self) -> str:
        return reverse("pilots:mechanism", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def code(self) -> str:
        return f"{self.group_id}.{self.number}"

    @property
    def headline(self) -> Text:
        """The title that everybody may read: that of the published version, or of the one that was withdrawn."""
        is_withdrawn = self.state == self.State.WITHDRAWN
        version = self.versions.filter(state="withdrawn").first() if is_withdrawn else self.published
        return version.text("title", self.title) if version else self.title


class MechanismVersion(models.Model):
    """What was submitted, word by word, never changed; `sha256` is the hash of `content`."""

    class State(models.TextChoices):
        REVIEW = "review", _("Being looked at")
        RETURNED = "returned", _("Returned for changes")
        VOID = "void", _("Void: it was changed since")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    terms = models.ManyToManyField(Term, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.REVIEW)
    submitted_on = models.DateField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remarks = models.TextField(_("remarks"), blank=True, max_length=4000)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of a learning mechanism")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "number"], name="one_mechanism_version_per_number"),
            models.UniqueConstraint(
                fields=["mechanism"], condition=models.Q(state="published"), name="one_published_mechanism_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("pilots:mechanism_version", args=[self.mechanism_id, self.number])

    @property
    def scope(self) -> str:
        return self.mechanism.scope

    @property
    def headline(self) -> Text:
        return self.text("title", self.mechanism.title)

    def text(self, name: str, now: Text) -> Text:
        """A text as it was frozen, with the translations it has `now` where they were made from the same words."""
        kept = as_text(self.content["texts"].get(name, {}))
        return now if (now.source, now.source_hash) == (kept.source, kept.source_hash) else kept
