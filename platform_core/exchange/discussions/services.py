from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.audit import services as audit

from .models import Comment


@transaction.atomic
def say(thing: models.Model, text: str, *, by, internal: bool = False) -> Comment:
    """The caller has checked that the person may speak here; the event tells the comment, never its words."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Please write something.")})
    if len(text) > Comment._meta.get_field("text").max_length:
        raise ValidationError({"text": _("This text is longer than a comment can be.")})
    comment = Comment.objects.create(
        thing=label_of(thing), object_id=thing.pk, author=by, text=text, is_internal=internal
    )
    audit.record("discussions.said", thing, by=by, comment=comment.pk, internal=internal)
    return comment
