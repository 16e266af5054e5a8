from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from .models import Job


def job_for(user, pk) -> Job:
    """A job as seen by whoever asked for it or may look after all of them."""
    job = get_object_or_404(Job, pk=pk)
    if not user.has_perm("jobs.view_job", job):
        raise PermissionDenied
    return job


def latest(kind: str, **arguments) -> Job | None:
    rows = Job.objects.filter(kind=kind, **{f"arguments__{name}": value for name, value in arguments.items()})
    return rows.order_by("-created_at").first()


def under_way(kind: str) -> bool:
    return Job.objects.filter(kind=kind, state__in=(Job.State.WAITING, Job.State.RUNNING)).exists()
