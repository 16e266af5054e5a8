"""A reflective round: partners are asked, comment, and get an answer each; then it is closed."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment, Round
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import CommentAnswer, Mechanism, ReflectiveRound
from ..selectors import patterns, rounds as selectors


@transaction.atomic
def ask(mechanism: Mechanism, closes_on: date, *, by) -> ReflectiveRound:
    """Members see exactly this version with the questions of the published pattern, and comment until that day."""
    require(by, "pilots.open_round", mechanism)
    Mechanism.objects.select_for_update(of=("self",)).get(pk=mechanism.pk)
    version, pattern = selectors.askable(mechanism), patterns.published()
    if version is None:
        raise ValidationError(_("Submit a version first: partners comment on what does not move."))
    if pattern is None:
        raise ValidationError(_("There is no published pattern to ask by."))
    asked = [part.text.get(part.text.source, "") for part in patterns.of_kind(pattern, "question")]
    told = {"language": pattern.title.source, "version": str(version.number)}
    opened = discussions.open_round(mechanism, asked, closes_on, by=by, **told)
    made = ReflectiveRound.objects.create(round=opened, version=version, pattern=pattern)
    access.set_audience(made, {MEMBERS, mechanism.scope, "role:lead_partner"})
    audit.record("pilots.round_opened", made, by=by)
    return made


def locked(found: ReflectiveRound) -> ReflectiveRound:
    Round.objects.select_for_update(of=("self",)).get(pk=found.round_id)
    rows = ReflectiveRound.objects.select_related("round", "pattern", "version__mechanism__published")
    return rows.get(pk=found.pk)


@transaction.atomic
def comment(found: ReflectiveRound, texts: Mapping[int, str], *, by) -> list[Comment]:
    """One comment for each question that somebody writes to; the same words sent twice are kept once."""
    found = locked(found)
    require(by, "pilots.comment_round", found)
    if not found.takes_comments(platform_day()):
        raise ValidationError(_("This round takes no more comments."))
    written = {place: text.strip() for place, text in texts.items() if text.strip()}
    if not written:
        raise ValidationError(_("Please write to at least one question."))
    if not set(written) <= set(range(len(found.round.questions))):
        raise ValidationError(_("There is no such question."))
    own = Comment.objects.filter(round=found.round_id, author=by)
    held = set(own.values_list("question", "text"))
    place = {"round": found.round, "version": found.round.version}
    made = [
        discussions.say(found.version.mechanism, text, by=by, question=question, **place)
        for question, text in written.items()
        if (question, text) not in held
    ]
    if made:
        audit.record("pilots.round_commented", found, by=by, comments=[one.pk for one in made])
    return made


@transaction.atomic
def answer(found: ReflectiveRound, comment: Comment, verdict: str, reasons: str, *, by) -> CommentAnswer:
    """Accepted, partly or not, with the reasons; it can be thought over until the round is closed."""
    found = locked(found)
    require(by, "pilots.answer_comment", found)
    if found.is_closed:
        raise ValidationError(_("This round is closed."))
    if comment.round_id != found.round_id:
        raise ValidationError(_("There is no such comment in this round."))
    if not reasons.strip():
        raise ValidationError({"reasons": _("Please give the reasons; whoever commented reads them.")})
    made = CommentAnswer.objects.filter(comment=comment).first() or CommentAnswer(comment=comment, round=found)
    if (made.verdict, made.reasons) == (verdict, reasons.strip()):
        return made
    made.verdict, made.reasons, made.answered_by = verdict, reasons.strip(), by
    made.answered_on = platform_day()
    made.full_clean()
    made.save()
    audit.record("pilots.comment_answered", found, by=by, comment=comment.pk)
    return made


@transaction.atomic
def close(found: ReflectiveRound, summary: str, *, by) -> ReflectiveRound:
    """Once the day is over and every comment has its answer."""
    found = locked(found)
    require(by, "pilots.close_round", found)
    if found.is_closed:
        raise ValidationError(_("This round is closed already."))
    if found.takes_comments(platform_day()):
        raise ValidationError(_("Partners were told that they can comment until the day that is named."))
    if left := selectors.unanswered(found):
        raise ValidationError(
            ngettext("%(n)s comment has no answer yet.", "%(n)s comments have no answer yet.", left) % {"n": left}
        )
    discussions.close_round(found.round, found.version.mechanism, summary, by=by)
    audit.record("pilots.round_closed", found, by=by)
    return locked(found)
