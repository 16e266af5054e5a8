"""What studies of peers and cluster maps have in common: who makes them, from which data, of which regions."""

from typing import TypeVar

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require, visible
from workinggroups.models import WorkingGroup
from workinggroups.selectors import groups

from ..models import Area, DataVersion, Indicator, Study

Made = TypeVar("Made", bound=Study)


def seen(model: type[Made], user) -> QuerySet[Made]:
    return visible(model._default_manager.select_related("group__topic"), user)


def published(model: type[Made], user) -> QuerySet[Made]:
    return seen(model, user).filter(state=Study.State.PUBLISHED).order_by("-published_at", "-pk")


def newest(model: type[Made], user) -> Made | None:
    """What other pages tell of; demonstrations only where there is nothing else."""
    return published(model, user).order_by("is_demonstration", "-published_at", "-pk").first()


def study_for(model: type[Made], user, code: str) -> Made:
    """One whose results may be read: published, or computed and seen in its group."""
    return get_object_or_404(seen(model, user).filter(computed_at__isnull=False), code=code)


def withdrawn(model: type[Made], code: str) -> Made:
    """For everybody: what was published once and is not any more, with the reason."""
    rows = model._default_manager.select_related("group__topic", "replaced_by")
    return get_object_or_404(rows, code=code, state=Study.State.WITHDRAWN)


def followed(model: type[Made], user) -> list[Made]:
    rows = model._default_manager.select_related("group__topic").order_by("state", "-pk")
    return [row for row in rows if user.has_perm("benchmarking.follow_study", row)]


def desk_for(model: type[Made], user, code: str, right: str = "follow_study") -> Made:
    found = get_object_or_404(model._default_manager.select_related("group__topic"), code=code)
    require(user, f"benchmarking.{right}", found)
    return found


def making_groups(user) -> QuerySet[WorkingGroup]:
    """Groups a person may begin studies of."""
    may = [group.pk for group in groups(user) if user.has_perm("benchmarking.make_study", group)]
    return groups(user).filter(pk__in=may)


def usable_versions(group_ids) -> QuerySet[DataVersion]:
    """Published versions of everybody, and those of these groups."""
    rows = DataVersion.objects.select_related("data_set")
    return rows.filter(Q(published_at__isnull=False) | Q(data_set__group__in=list(group_ids))).order_by(
        "data_set__code", "-number"
    )


def version_ids(study: Study) -> list[int]:
    """The newest version of a data set goes before older ones."""
    return list(study.versions.order_by("data_set__code", "-number").values_list("pk", flat=True))


def unpublished(study: Study) -> QuerySet[DataVersion]:
    return study.versions.filter(published_at=None).select_related("data_set")


def held_indicators(study: Study) -> QuerySet[Indicator]:
    """Indicators the data hold, with the number of areas that have a figure in one of the versions."""
    rows = Indicator.objects.filter(held__version__in=study.versions.all())
    return rows.annotate(area_count=Max("held__area_count")).order_by("code")


def areas(study: Study) -> QuerySet[Area]:
    rows = Area.objects.filter(level=Area.Level.REGION).order_by("code")
    return rows.filter(country__in=study.countries) if study.countries else rows


def countries() -> list[str]:
    rows = Area.objects.filter(level=Area.Level.REGION).exclude(country="")
    return list(rows.order_by("country").values_list("country", flat=True).distinct())
