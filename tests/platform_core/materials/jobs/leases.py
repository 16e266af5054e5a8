"""Leases let lapse by hand, where a running platform would wait."""

from datetime import timedelta

from django.utils import timezone

from platform_core.materials.jobs.models import Job, SweepRun


def let_lapse(job: Job) -> None:
    """As if the worker had died and its lease had run out."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def age_sweeps(minutes: int) -> None:
    began = timezone.now() - timedelta(minutes=minutes)
    SweepRun.objects.update(began_at=began)
