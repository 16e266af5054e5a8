from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit import services as audit

from .. import selectors
from ..models import Comment, Round


@transaction.atomic
def say(thing: models.Model, text: str, *, by, internal: bool = False, **place) -> Comment:
    """The caller has checked that the person may speak here; the event tells the comment, never its words.

    `place` is the round and the question, the comment it answers to, or the page or paragraph of a version.
    """
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Please write something.")})
    if len(text) > Comment._meta.get_field("text").max_length:
        raise ValidationError({"text": _("This text is longer than a comment can be.")})
    comment = Comment.objects.create(
        thing=label_of(thing), object_id=thing.pk, author=by, text=text, is_internal=internal, **place
    )
    audit.record("discussions.said", thing, by=by, comment=comment.pk, internal=internal)
    return comment


@transaction.atomic
def open_round(
    thing: models.Model, questions: Sequence[str], closes_on: date, *, by, language: str, version: str = ""
) -> Round:
    """Ask for comments until a day. The caller has checked that the person may ask for them."""
    asked = [question.strip() for question in questions if question.strip()]
    if not asked:
        raise ValidationError({"questions": _("Please ask at least one question.")})
    if closes_on < platform_day():
        raise ValidationError({"closes_on": _("This day is over.")})
    if selectors.has_open_round(thing):
        raise ValidationError(_("There is an open round already. Close it first."))
    opened = Round.objects.create(
        thing=label_of(thing),
        object_id=thing.pk,
        opened_by=by,
        questions=asked,
        language=language,
        version=version,
        opened_on=platform_day(),
        closes_on=closes_on,
    )
    audit.record("discussions.round_opened", thing, by=by, round=opened.pk)
    return opened


@transaction.atomic
def close_round(opened: Round, thing: models.Model, summary: str, *, by) -> Round:
    """Say what was changed because of the comments; nothing is added to the round after that."""
    opened = Round.objects.select_for_update().get(pk=opened.pk)
    if opened.closed_on is not None:
        raise ValidationError(_("This round is closed already."))
    if not summary.strip():
        raise ValidationError(
            {"summary": _("Please say what was changed because of the comments, or why nothing was.")}
        )
    opened.summary, opened.closed_on = summary.strip(), platform_day()
    opened.save(update_fields=["summary", "closed_on"])
    audit.record("discussions.round_closed", thing, by=by, round=opened.pk)
    return opened


@transaction.atomic
def hide(comment: Comment, thing: models.Model, why: str, *, by) -> None:
    """A comment that breaks the rules is not shown any more; its reason is."""
    if not why.strip():
        raise ValidationError({"why": _("Please give the reason; it is shown in place of the comment.")})
    comment.hidden_because = why.strip()
    comment.save(update_fields=["hidden_because"])
    audit.record("discussions.hidden", thing, by=by, comment=comment.pk)


@transaction.atomic
def settle(comment: Comment, thing: models.Model, *, by, settled: bool = True) -> None:
    """What it asks for is done, or not after all; the caller has checked that the person may say so."""
    comment.settled_on, comment.settled_by = (platform_day(), by) if settled else (None, None)
    comment.save(update_fields=["settled_on", "settled_by"])
    audit.record("discussions.settled", thing, by=by, comment=comment.pk, settled=settled)
