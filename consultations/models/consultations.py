from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.materials.files.models import StoredFile

THRESHOLD = 5  # groups with fewer answers are not published


class Consultation(models.Model):
    """`languages` are those it opens in: aimed at while it is prepared, then those that were ready.

    `countries`, as a whole, and single `regions` are whom it asks; none of both: it asks everywhere.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        REVIEW = "review", _("In review")
        APPROVED = "approved", _("Approved")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        PUBLISHED = "published", _("Results published")

    class Mode(models.TextChoices):
        ANONYMOUS = "anonymous", _("Anonymous")
        TOKEN = "token", _("By the respondent's own link")
        ATTRIBUTED = "attributed", _("With name")

    class Preset(models.TextChoices):
        NONE = "", _("None")
        PUBLIC = "public", _("Public consultation")

    code = models.SlugField(unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    title = TranslatedField(_("title"), max_length=300)
    summary = TranslatedField(_("summary"))
    languages = models.JSONField(default=list)
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("regions"))
    minutes = models.PositiveSmallIntegerField(default=10)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ANONYMOUS)
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD)
    preset = models.CharField(max_length=10, choices=Preset, default=Preset.NONE, blank=True)
    contact = models.EmailField(_("contact"), blank=True)
    may_change = models.BooleanField(_("answers may be changed until closing"), default=False)
    asks_publication = models.BooleanField(_("asks how a contribution may be published"), default=False)
    offers_sign_off = models.BooleanField(_("institutions may have their answers signed off"), default=False)
    language_reason = TranslatedField(_("why it is not open in every language"), blank=True)
    targets = models.JSONField(_("answers wanted, by audience"), default=dict, blank=True)
    country_targets = models.JSONField(_("answers wanted, by country"), default=dict, blank=True)
    type_targets = models.JSONField(_("answers wanted, by type of organisation"), default=dict, blank=True)
    retention_days = models.PositiveSmallIntegerField(_("days until identifiers are deleted"), default=180)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    time_zone = models.CharField(max_length=50, default="Europe/Vienna")
    is_demonstration = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("consultation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="consultation_closes_later"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("consultations:consultation", args=[self.code])

    @property
    def questions_address(self) -> str:
        return reverse("consultations:questions", args=[self.code])

    @property
    def scope(self) -> str:
        return f"group:{self.topic_id}"

    @property
    def audience_before(self) -> set[str]:
        """Who sees it in preparation."""
        return {self.scope, "role:lead_partner", "role:translator", "role:reviewer"}

    @property
    def takes_answers(self) -> bool:
        return self.state == self.State.OPEN and self.opens_at <= timezone.now() < self.closes_at


class Questionnaire(models.Model):
    """One version of the questions. Once published its structure is never changed; `sha256` is of its canonical JSON.

    `reason` says publicly why it breaks with the version before, where it does.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    structure = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    reason = models.TextField(_("why it cannot be compared with the version before"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ["consultation_id", "number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_questionnaire_per_number")]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"


class Illustration(models.Model):
    """A picture shown beside a question; the structure names it by its hash."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="illustrations")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("illustration")
        constraints = [models.UniqueConstraint(fields=["consultation", "file"], name="one_illustration_per_file")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.file_id}"
