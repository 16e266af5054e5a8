from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members.models import Organisation
from repository.models import Record


class HelpdeskQuestion(models.Model):
    """What a policy maker asks the helpdesk, and what became of it. The words in which it was asked, and by whom, stand
    in its `asker`; what everybody reads is written for them, once whoever asked has agreed. `key` is the form's.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed yet")
        ASKED = "asked", _("To be given to an expert")
        GIVEN = "given", _("With an expert")
        ANSWERED = "answered", _("Answered")
        PUBLISHED = "published", _("Answered and published")
        POINTED = "pointed", _("Answered before")
        DECLINED = "declined", _("Not answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic")
    )
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    agrees = models.BooleanField(_("may be published"), default=False)
    asked_at = models.DateTimeField()
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=10_000, blank=True)
    grounds = models.TextField(_("what it stands on"), max_length=5000, blank=True)
    second_answer = models.TextField(_("answer to the further question"), max_length=10_000, blank=True)
    answered_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reasons"), max_length=5000, blank=True)
    answered_by_question = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_by_record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = TranslatedField(_("question in one sentence"), blank=True, max_length=200)
    situation = TranslatedField(_("situation, for everybody to read"), blank=True, max_length=3000)
    reply = TranslatedField(_("answer, for everybody to read"), blank=True, max_length=8000)
    published_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("question to the helpdesk")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "published_on"], name="pilots_question_state")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_question_of_a_double_click"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False, agrees=True),
                name="a_published_question_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pilots:question", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.topic_id}" if self.topic_id else ""

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.ASKED, self.State.GIVEN)

    @property
    def is_answered(self) -> bool:
        return self.state in (self.State.ANSWERED, self.State.PUBLISHED)


class HelpdeskAsker(models.Model):
    """Who asked, in which words, and what she thought of the answer; it goes when she is erased or after its time."""

    question = models.OneToOneField(HelpdeskQuestion, on_delete=models.CASCADE, related_name="asker")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    situation = models.TextField(_("situation"), max_length=4000)
    wish = models.TextField(_("question"), max_length=2000)
    rating = models.PositiveSmallIntegerField(
        _("how useful"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    further = models.TextField(_("further question"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("who asked the helpdesk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(email=""), name="somebody_asked_the_helpdesk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"
