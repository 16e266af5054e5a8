"""Data sets and their versions: the door to what `selectors.data.matrix` reads."""

from django.db.models import Count, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require, visible

from ..models import DataImport, DataSet, DataVersion
from .texts import having

LABEL, VERSION = "benchmarking.dataset", "benchmarking.dataversion"


def data_sets(user) -> QuerySet[DataSet]:
    return visible(DataSet.objects.select_related("group__topic"), user)


def listed(user, *, topic: str = "", words: str = "") -> QuerySet[DataSet]:
    """Data sets that have a version a person may see, the newest first, with how many that are."""
    seen = Q(versions__in=versions(user).values("pk"))
    rows = data_sets(user).annotate(
        count=Count("versions", filter=seen), newest=Max("versions__imported_at", filter=seen)
    )
    if topic in vocabulary.topic_labels():
        rows = rows.filter(group=int(topic))
    for word in words.split()[:5]:
        rows = rows.filter(having(word, "title", plain="code"))
    return rows.filter(count__gt=0).order_by("-newest", "code")


def data_set_for(user, code: str) -> DataSet:
    return get_object_or_404(data_sets(user), code=code)


def versions(user) -> QuerySet[DataVersion]:
    """Published ones, and those of the groups a person works in."""
    return visible(DataVersion.objects.select_related("data_set"), user)


def versions_of(user, data_set: DataSet) -> QuerySet[DataVersion]:
    return versions(user).filter(data_set=data_set).select_related("imported_by", "file").order_by("-number")


def version_for(user, code: str, number: int) -> DataVersion:
    rows = versions(user).select_related("data_set__group__topic", "imported_by", "file")
    return get_object_or_404(rows, data_set__code=code, number=number)


def looked_after(user) -> list[DataSet]:
    """Data sets a person may bring figures for, the newest first."""
    require(user, "benchmarking.view_data_desk")
    public = Count("versions", filter=Q(versions__published_at__isnull=False))
    rows = DataSet.objects.select_related("group__topic").annotate(
        count=Count("versions"), published=public, newest=Max("versions__imported_at")
    )
    return [row for row in rows.order_by("-pk") if user.has_perm("benchmarking.import_data", row)]


def import_for(user, pk: int) -> DataImport:
    found = get_object_or_404(
        DataImport.objects.select_related("data_set__group__topic", "version"), pk=pk, person=user
    )
    require(user, "benchmarking.import_data", found.data_set)
    return found


def imports_of(user, data_set: DataSet) -> QuerySet[DataImport]:
    """Files a person brought and has not decided on."""
    return data_set.imports.filter(person=user, version=None).order_by("-pk")
