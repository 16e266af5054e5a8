from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation

from .groups import WorkingGroup
from .plan import Output


class Task(models.Model):
    """Something a group has to do, or a milestone it has to reach. Its owner is a person, an organisation, or both.

    `origin_thing`, `origin_id` and `origin_place` tell what it was born from, such as item 3 of a meeting. `parent` is the
    task it is a part of; a part has no parts of its own. `sequence` grows with every change. `key` is the form's, so that a
    double click makes one task.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("Task")
        MILESTONE = "milestone", _("Milestone")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TASK)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("description"), max_length=10_000, blank=True)
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    output = models.ForeignKey(Output, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    period = models.PositiveSmallIntegerField(_("period"), null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    waits_for = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="blocks")
    origin_thing = models.CharField(max_length=80, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    origin_place = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=60, blank=True)
    told_soon = models.BooleanField(default=False)
    told_late_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("task of a working group")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["group", "state", "due_on"], name="tasks_of_a_group"),
            models.Index(fields=["origin_thing", "origin_id"], name="tasks_born_from"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "key"], condition=~models.Q(key=""), name="one_task_of_a_double_click"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_on__isnull=False)
                | ~models.Q(state="done") & models.Q(done_on=None),
                name="a_done_task_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:task", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.IN_PROGRESS)

    @property
    def is_late(self) -> bool:
        return self.is_late_on(platform_day())

    def is_late_on(self, day: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < day
