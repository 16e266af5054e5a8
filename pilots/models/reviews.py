from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation


class PeerReview(models.Model):
    """Peers of other countries look at a question of a region for two days and recommend what to do.

    `agenda` holds for each day the list of its points, pairs of a time (`09:30`) and a text in the language `language`.
    `key` is the form's, so that a double click makes one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        APPLIED = "applied", _("Waiting for a decision")
        REFUSED = "refused", _("Not eligible")
        ELIGIBLE = "eligible", _("Peers are being found")
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published")
        CALLED_OFF = "called_off", _("Called off")

    title = TranslatedField(_("title"), max_length=200)
    question = TranslatedField(_("question to the peers"), max_length=1000)
    background = TranslatedField(_("background"), max_length=6000)
    summary = TranslatedField(_("what was found, in short"), blank=True, max_length=4000)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("host"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.TextField(_("reasons"), blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=5, blank=True)
    published_on = models.DateField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("peer review")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="a_published_review_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="planned") | models.Q(first_day__isnull=False),
                name="a_planned_review_has_its_days",
            ),
            models.UniqueConstraint(
                fields=["host", "key"], condition=~models.Q(key=""), name="one_review_of_a_double_click"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:review", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.topic_id}"


class Peer(models.Model):
    """Somebody of another country who was asked to be a peer; `why` says why she was chosen."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Takes part")
        DECLINED = "declined", _("Does not take part")

    class Why(models.TextChoices):
        ALIKE = "alike", _("Her region is alike by its structure")
        DIFFERENT = "different", _("Her region is different, on purpose")
        EXPERTISE = "expertise", _("Her expertise")

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="peers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("peer")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_invitation_per_peer")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.organisation_id}"


class Finding(models.Model):
    """Something the peers found; `key` is the form's."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="findings")
    text = TranslatedField(_("finding"), max_length=2000)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("finding of a peer review")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "key"], condition=~models.Q(key=""), name="one_review_finding_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)


class Recommendation(models.Model):
    """What somebody should do by a day, and how far that is."""

    class State(models.TextChoices):
        OPEN = "open", _("Not begun")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Not followed, with reasons")

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="recommendations")
    text = TranslatedField(_("recommendation"), max_length=2000)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    progress = TranslatedField(_("what was done"), blank=True, max_length=2000)
    changed_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("recommendation of a peer review")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "key"], condition=~models.Q(key=""), name="one_advice_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def is_late(self) -> bool:
        return self.state in (self.State.OPEN, self.State.UNDER_WAY) and self.due_on < platform_day()


class FollowUp(models.Model):
    """After 6 and 12 months the host tells what became of the recommendations."""

    class Months(models.IntegerChoices):
        SIX = 6, _("Follow-up after six months")
        TWELVE = 12, _("Follow-up after twelve months")

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(choices=Months)
    due_on = models.DateField()
    is_told = models.BooleanField(default=False)
    text = TranslatedField(_("what became of it"), blank=True, max_length=4000)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up of a peer review")
        ordering = ["months"]
        indexes = [models.Index(fields=["is_told", "due_on"], name="follow_ups_due")]
        constraints = [models.UniqueConstraint(fields=["review", "months"], name="one_follow_up_of_its_month")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.months}"


class ReviewReport(models.Model):
    """The report of a published review as a PDF file, in one language."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(max_length=5)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("report of a peer review")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["review", "language"], name="one_review_report_per_language")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.language}"
