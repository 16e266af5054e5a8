from django.db.models import Model, QuerySet

from platform_core.ground.registry.catalogue import label_of

from .models import Comment


def conversation(thing: Model, *, internal: bool) -> QuerySet[Comment]:
    """What was said about a thing, the oldest first; the caller has checked that the reader may see it."""
    rows = Comment.objects.filter(thing=label_of(thing), object_id=thing.pk).select_related("author")
    return rows if internal else rows.filter(is_internal=False)
