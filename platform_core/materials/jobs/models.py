import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of background work. `lease` is the token of the attempt that may write; it lapses at `lease_until`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="jobs_job_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:show", args=[self.pk])

    @property
    def percent(self) -> int:
        return 100 if self.state == self.State.DONE else min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)


class SweepRun(models.Model):
    """When a declared sweep last began."""

    code = models.CharField(max_length=60, primary_key=True)
    began_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sweep")

    def __str__(self) -> str:
        return self.code
