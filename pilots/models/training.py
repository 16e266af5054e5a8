from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members.models import Organisation
from platform_core.programme.events.models import CalendarEvent


class Course(models.Model):
    """A training session or course: an event with participants who assess themselves before and after it.

    Once closed it never changes; `figures` are what was counted then, and stay when somebody is erased.
    """

    class Aim(models.TextChoices):
        STAFF = "staff", _("Learning mechanisms and running the platform, for staff")
        FACTORS = "factors", _("Factors of competitiveness and key priorities, for policy makers")
        REFLECTIVE = "reflective", _("Reflective policy making, for policy makers")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        OPEN = "open", _("Open: first self-assessment")
        AFTER = "after", _("Second self-assessment")
        CLOSED = "closed", _("Closed")

    event = models.OneToOneField(CalendarEvent, on_delete=models.PROTECT, related_name="+", verbose_name=_("event"))
    aim = models.CharField(_("what it is for"), max_length=12, choices=Aim)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic")
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    closed_on = models.DateField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("course")
        ordering = ["-event__starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_on__isnull=False),
                name="a_closed_course_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.event.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:course", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.topic_id}" if self.topic_id else ""


class CourseStatement(models.Model):
    """What participants say of themselves, from 1 (not at all) to 5 (fully), before and after."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="statements")
    place = models.PositiveSmallIntegerField()
    text = TranslatedField(_("statement"), max_length=300)

    class Meta:
        verbose_name = _("statement of a self-assessment")
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "place"], name="one_statement_in_a_place")]

    def __str__(self) -> str:
        return str(self.text)


class Participant(models.Model):
    """Who takes part, for which organisation. `is_higher` is known once both assessments are in."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    says_policy_maker = models.BooleanField(_("makes policy"), default=False)
    before_on = models.DateField(null=True, blank=True)
    after_on = models.DateField(null=True, blank=True)
    is_higher = models.BooleanField(null=True)
    reminded = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("participant of a course")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="one_participation_in_a_course"),
            models.CheckConstraint(
                condition=models.Q(after_on__isnull=True) | models.Q(before_on__isnull=False),
                name="after_comes_after_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.person_id}"


class Rating(models.Model):
    """What one participant says of one statement; shown to nobody else."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="ratings")
    statement = models.ForeignKey(CourseStatement, on_delete=models.CASCADE, related_name="+")
    is_after = models.BooleanField()
    value = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])

    class Meta:
        verbose_name = _("self-assessment in a course")
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement", "is_after"], name="one_rating_of_a_statement"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="a_rating_is_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.statement_id}"
