"""Deeds on studies of peers and on cluster maps alike."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.languages.services import note_translations

from ..models import Study
from ..selectors import studies as selectors

Made = TypeVar("Made", bound=Study)
RESERVED = {"new"}


def begin(model: type[Made], group, *, by=None, versions=(), key: str | None = None, **fields) -> Made:
    """In preparation, seen by its group; `by` None is the platform itself with its demonstrations."""
    with transaction.atomic():
        if by is not None:
            require(by, "benchmarking.make_study", group)
            if made := key and model._default_manager.filter(key=key).first():
                return made
            check_versions(group, versions)
        title = fields["title"].get("en", "")
        study = model(group=group, made_by=by, key=key or None, **({"code": code_for(model, title)} | fields))
        check_years(study)
        study.full_clean()
        study.save()
        study.versions.set(versions)
        note_translations(study)
        access.set_audience(study, study.audience_before)
        audit.record("benchmarking.study_begun", study, by=by)
        return study


def code_for(model: type[Study], title: str) -> str:
    taken = model._default_manager.filter
    return free_code(title[:50], lambda stem: {*taken(code__startswith=stem).values_list("code", flat=True), *RESERVED})


def check_versions(group, versions) -> None:
    usable = set(selectors.usable_versions([group.pk]).values_list("pk", flat=True))
    if not {version.pk for version in versions} <= usable:
        raise ValidationError({"versions": _("Some of these data are another group's and not published.")})


def check_years(study: Study) -> None:
    earlier = getattr(study, "year_before", None)
    if earlier is not None and earlier >= study.year:
        raise ValidationError({"year_before": _("The earlier year lies before the other one.")})


def locked(study: Made, by, right: str = "change_study") -> Made:
    found = type(study)._default_manager.select_for_update().get(pk=study.pk)
    if by is not None:
        require(by, f"benchmarking.{right}", found)
    return found


def forget(study: Study) -> None:
    """What was computed from other choices is gone."""
    for rows in ("rows", "regions"):
        if hasattr(study, rows):
            getattr(study, rows).all().delete()
    study.computed_at, study.digest, study.diagnosis, study.inputs = None, "", {}, []


@transaction.atomic
def change(study: Made, *, by, versions=None, **fields) -> Made:
    """Its texts, its data, or how it is computed. Only texts can change without forgetting what was computed."""
    study = locked(study, by)
    changed = [name for name, value in fields.items() if getattr(study, name) != value]
    for name in changed:
        setattr(study, name, fields[name])
    check_years(study)
    study.full_clean()
    if versions is not None and set(study.versions.all()) != set(versions):
        check_versions(study.group, versions)
        study.versions.set(versions)
        changed.append("versions")
    if changed:
        if set(changed) - {"title", "summary"}:
            forget(study)
        study.save()
        note_translations(study)
        audit.record("benchmarking.study_changed", study, by=by, fields=sorted(changed))
    return study


def start(study: Study, kind: str, argument: str, *, by) -> Job:
    """The job, or the one that is under way."""
    under_way = Job.objects.filter(
        kind=kind, state__in=(Job.State.WAITING, Job.State.RUNNING), **{f"arguments__{argument}": study.pk}
    ).first()
    if under_way:
        return under_way
    audit.record("benchmarking.study_asked", study, by=by)
    return jobs.start(kind, by=by, **{argument: study.pk})


def hindrances(study: Study) -> list[str]:
    """What has to be done before it can be published."""
    found = []
    if study.computed_at is None:
        found.append(_("It has to be computed first."))
    names = [f"{version.data_set.title} {version.number}" for version in selectors.unpublished(study)]
    if names:
        found.append(_("These data are not published: %(names)s.") % {"names": ", ".join(names)})
    return found


@transaction.atomic
def publish(study: Made, *, by=None) -> Made:
    """From now on everybody sees it and nothing in it changes."""
    study = locked(study, by, "publish_study")
    if by is not None and (hindering := hindrances(study)):
        raise ValidationError(hindering)
    study.state, study.published_at = Study.State.PUBLISHED, timezone.now()
    study.save(update_fields=["state", "published_at"])
    access.set_audience(study, {"public"})
    audit.record("benchmarking.study_published", study, by=by)
    return study


@transaction.atomic
def drop(study: Study, *, by) -> None:
    """One in preparation that nobody needs."""
    study = locked(study, by)
    access.drop_audience(study)
    audit.record("benchmarking.study_dropped", study, by=by)
    study.delete()


@transaction.atomic
def withdraw(study: Made, why: str, *, by, instead: Made | None = None) -> Made:
    """Out of every list and comparison; its address says from now on why, and what to read instead."""
    study = locked(study, by, "withdraw_study")
    study.state, study.withdrawn_at, study.why_withdrawn = Study.State.WITHDRAWN, timezone.now(), why
    study.replaced_by = instead
    study.save(update_fields=["state", "withdrawn_at", "why_withdrawn", "replaced_by"])
    access.set_audience(study, study.audience_before)
    audit.record("benchmarking.study_withdrawn", study, by=by)
    return study
