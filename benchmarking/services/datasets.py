from django.db import transaction
from django.utils import timezone

from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import DataSet, DataVersion

RESERVED = {"new", "imports", "indicators", "areas"}  # words that follow where codes do in addresses


def code_for(title: str) -> str:
    taken = DataSet.objects.filter
    return free_code(title[:50], lambda stem: {*taken(code__startswith=stem).values_list("code", flat=True), *RESERVED})


def keys_inside(data_set: DataSet) -> set[str]:
    """Who sees what is not published: the group, and those who look after data everywhere."""
    return {data_set.scope, "role:lead_partner", "role:editor"}


@transaction.atomic
def begin(group, *, by, key: str = "", **fields) -> DataSet:
    require(by, "benchmarking.begin_data_set", group)
    if key and (held := DataSet.objects.filter(key=key).first()):
        return held
    made = DataSet(group=group, key=key, code=code_for(str(fields["title"])), **fields)
    made.full_clean()
    made.save()
    access.set_audience(made, keys_inside(made))
    note_translations(made, by=by)
    audit.record("benchmarking.data_set_begun", made, by=by)
    return made


@transaction.atomic
def change(data_set: DataSet, *, by, **fields) -> DataSet:
    data_set = DataSet.objects.select_for_update().get(pk=data_set.pk)
    require(by, "benchmarking.change_data_set", data_set)
    for name, value in fields.items():
        setattr(data_set, name, value)
    data_set.full_clean()
    data_set.save()
    note_translations(data_set, by=by)
    audit.record("benchmarking.data_set_changed", data_set, by=by, fields=sorted(fields))
    return data_set


@transaction.atomic
def publish(version: DataVersion, *, by) -> DataVersion:
    """Everybody sees it from now on; published versions stay, so that what was computed from them can be checked."""
    version = DataVersion.objects.select_for_update().select_related("data_set").get(pk=version.pk)
    require(by, "benchmarking.publish_data", version.data_set)
    if version.published_at:
        return version
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    access.set_audience(version, {PUBLIC})
    access.set_audience(version.data_set, {PUBLIC})
    audit.record("benchmarking.data_published", version, by=by)
    return version
