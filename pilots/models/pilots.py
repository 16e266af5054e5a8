from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.people.members.models import Organisation

from .proposals import Proposal, Tested
from .schemes import Scheme

LEVELS = [MinValueValidator(1), MaxValueValidator(3)]


class Level(models.IntegerChoices):
    LOW = 1, _("low")
    MIDDLE = 2, _("middle")
    HIGH = 3, _("high")


class Pilot(models.Model):
    """A pilot action. `conclusion` is what its evaluation found, with `outcome` in a word of the assessment."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        EVALUATED = "evaluated", _("Evaluated")

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="pilots")
    proposal = models.OneToOneField(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="pilot")
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pilots", verbose_name=_("lead organisation")
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("partners"))
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("what is done, for whom, and what is learned from it"), max_length=4000)
    baseline = TranslatedField(_("how things stood before"), max_length=3000)
    tests = models.CharField(_("what it tests"), max_length=10, choices=Tested)
    tested = models.CharField(_("name of what it tests"), max_length=300)
    subject = models.CharField(_("page of what it tests"), max_length=80, blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    band = models.PositiveSmallIntegerField(_("budget band"))
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    begun_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    self_assessed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    conclusion = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("pilot action")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "topic"], name="pilots_pilot_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="prepared") | models.Q(begun_on__isnull=False), name="a_begun_pilot_has_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="evaluated") | models.Q(evaluated_on__isnull=False) & ~models.Q(outcome=""),
                name="an_evaluated_pilot_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:pilot", args=[self.pk])

    @property
    def desk_address(self) -> str:
        return reverse("pilots:workspace", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.scheme.scope


class Milestone(models.Model):
    """One that is open is neither reached nor given up."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="milestones")
    title = TranslatedField(_("what is reached"), max_length=300)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    dropped_on = models.DateField(_("given up on"), null=True, blank=True)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("milestone of a pilot action")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "key"], condition=~models.Q(key=""), name="one_milestone_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


class Risk(models.Model):
    """What could go wrong, from 1 (low) to 3 (high), and who sees to the answer. Only who works on the pilot reads it."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="risks")
    text = models.CharField(_("what could go wrong"), max_length=500)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Level, validators=LEVELS)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Level, validators=LEVELS)
    answer = models.CharField(_("what is done about it"), max_length=1000)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("risk of a pilot action")
        ordering = [(models.F("likelihood") * models.F("impact")).desc(), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "key"], condition=~models.Q(key=""), name="one_risk_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact


class PilotIndicator(models.Model):
    """What a pilot is measured by: from `baseline`, each period adds what its report says, until `target` is reached."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="indicators")
    name = TranslatedField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("indicator of a pilot action")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "key"], condition=~models.Q(key=""), name="one_pilot_indicator_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class PilotChange(models.Model):
    """A change somebody of the pilot asks for; granted by the lead partner it is made at once."""

    class Kind(models.TextChoices):
        MILESTONE = "milestone", _("Another day for a milestone")
        DROP = "drop", _("A milestone is given up")
        BUDGET = "budget", _("Another budget band")
        PARTNER_IN = "partner_in", _("A partner joins")
        PARTNER_OUT = "partner_out", _("A partner leaves")
        END = "end", _("The pilot action ends early")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("what is to change"), max_length=12, choices=Kind)
    why = models.TextField(_("why"), max_length=2000)
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(_("new day"), null=True, blank=True)
    band = models.PositiveSmallIntegerField(_("new budget band"), null=True, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("change of a pilot action")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "key"], condition=~models.Q(key=""), name="one_pilot_change_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.kind}"

    def get_absolute_url(self) -> str:
        return self.pilot.desk_address + "#changes"
