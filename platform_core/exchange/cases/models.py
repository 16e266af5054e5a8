from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds.exchange import USUAL
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit.models import Event
from platform_core.people.members.models import Organisation


class Case(models.Model):
    """Somebody asks, somebody answers by a day. `kind` is a declared CaseKind, `thing` and `object_id` what it is about.

    `handler` is the audience key of those who answer, `assignee` the one of them who took it. `waited` is the time it lay
    with the opener and is no part of the turn-round; `remind_days` before its last day they are reminded, once.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be answered")
        ASKED_BACK = "asked_back", _("Waiting for who asked")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    cause = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="cases")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="cases")
    handler = models.CharField(max_length=60)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_cases"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField(_("answer by"))
    waiting_since = models.DateTimeField(null=True)
    waited = models.DurationField(default=timedelta)
    remind_days = models.PositiveSmallIntegerField(default=USUAL)
    reminded = models.BooleanField(default=False)
    escalated = models.BooleanField(default=False)
    answer = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("reasons"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="answered_cases"
    )
    answered_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("case")
        indexes = [
            models.Index(fields=["handler", "state", "due_on"], name="cases_case_handler"),
            models.Index(fields=["thing", "object_id"], name="cases_case_thing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="answered") & ~models.Q(answer="") & models.Q(answered_at__isnull=False)
                | ~models.Q(state="answered") & models.Q(answer=""),
                name="an_answered_case_has_its_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked_back", waiting_since__isnull=False)
                | ~models.Q(state="asked_back") & models.Q(waiting_since__isnull=True),
                name="a_case_asked_back_waits_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.ASKED_BACK)

    def is_overdue(self, today: date | None = None) -> bool:
        return self.state == self.State.OPEN and self.due_on < (today or platform_day())

    @property
    def turn_round(self) -> timedelta | None:
        """From opening to answer, without the time it lay with the opener."""
        return self.answered_at - self.opened_at - self.waited if self.answered_at else None
