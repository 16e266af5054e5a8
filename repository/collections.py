"""Collections: a question kept by an editor as a page."""

import reversion
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require, visible
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.programme.search.listing import without

from .models import Collection

EDITORS = {"role:editor", "role:lead_partner"}


def collections(user) -> QuerySet[Collection]:
    return visible(Collection.objects.select_related("topic"), user)


def collection_for(user, code: str) -> Collection:
    return get_object_or_404(collections(user), code=code)


@transaction.atomic
def keep_collection(collection: Collection, *, by=None) -> Collection:
    """Write a new or changed collection."""
    if by is not None:
        require(by, "repository.edit_collection", collection)
    asked = without(QueryDict(collection.query), "page", "sort", "in", "csrfmiddlewaretoken")
    collection.query = asked.urlencode()
    if not collection.code:
        taken = Collection.objects.values_list("code", flat=True)
        title = as_text(collection.title).localise("en").text
        collection.code = free_code(title, lambda stem: taken.filter(code__startswith=stem))
    collection.full_clean()
    with reversion.create_revision():
        collection.save()
    note_translations(collection)
    own = {f"role:wg_leader@group:{collection.topic_id}"} if collection.topic_id else set()
    access.set_audience(collection, {PUBLIC} if collection.is_public else EDITORS | own)
    audit.record("repository.collection_kept", collection, by=by)
    return collection


@transaction.atomic
def drop_collection(collection: Collection, *, by) -> None:
    require(by, "repository.edit_collection", collection)
    audit.record("repository.collection_dropped", collection, by=by)
    access.drop_audience(collection)
    collection.delete()
