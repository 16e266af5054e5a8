from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.messaging import services as messaging
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Hiding, Post, Report, Thread


def held(post: Post) -> Post:
    return Post.objects.select_for_update().get(pk=post.pk)


@transaction.atomic
def report(post: Post, reason: str, *, by) -> Report:
    """For whoever looks after the forum; once each until it is answered."""
    post = held(post)
    require(by, "discussions.report_post", post)
    if not post.is_shown:
        raise ValidationError(_("This post is not shown any more."))
    if not reason.strip():
        raise ValidationError({"reason": _("Please say what is wrong with it.")})
    made, new = Report.objects.get_or_create(
        post=post, reporter=by, settled_at=None, defaults={"reason": reason.strip()}
    )
    if new:
        audit.record("discussions.post_reported", post.thread, by=by, post=post.pk, report=made.pk)
    return made


@transaction.atomic
def leave(post: Post, answer: str, *, by) -> None:
    """It breaks no rule: its reports are answered, and whoever made them is told."""
    post = held(post)
    require(by, "discussions.moderate", post)
    if not answer.strip():
        raise ValidationError({"why": _("Please say why it stays; those who reported it are told.")})
    settle(post, answer.strip(), by=by)


def settle(post: Post, answer: str, *, by) -> None:
    settled = post.reports.filter(settled_at=None)
    keys = list(settled.values_list("pk", flat=True))
    settled.update(settled_at=timezone.now(), answer=answer[:300])
    if keys:
        audit.record("discussions.reports_answered", post.thread, by=by, post=post.pk, reports=keys)


@transaction.atomic
def hide(post: Post, why: str, *, by) -> Hiding:
    """Its words are shown no longer, the reason is; the author is told and can object once."""
    post = held(post)
    require(by, "discussions.moderate", post)
    if not post.is_shown:
        raise ValidationError(_("This post is not shown any more."))
    if not why.strip():
        raise ValidationError({"why": _("Please give the reason; it is shown in place of the post.")})
    post.hidden_because = why.strip()[:300]
    post.save(update_fields=["hidden_because"])
    made = post.hidings.create(author=post.author, hidden_by=by, why=post.hidden_because)
    Thread.objects.filter(answer=post).update(answer=None)
    messaging.withdraw(post.thread, post=post.pk)
    audit.record("discussions.post_hidden", post.thread, by=by, post=post.pk)
    settle(post, post.hidden_because, by=by)
    return made


@transaction.atomic
def restore(post: Post, answer: str = "", *, by) -> Post:
    """It is shown again, and an objection is thereby answered."""
    post = held(post)
    require(by, "discussions.moderate", post)
    found = post.hidings.filter(ended_at=None).first()
    if found is None:
        raise ValidationError(_("This post is not hidden."))
    now = timezone.now()
    found.ended_at, found.answer = now, answer.strip()[:300]
    found.answered_at = now if found.objected_at else None
    found.save()
    post.hidden_because = ""
    post.save(update_fields=["hidden_because"])
    audit.record("discussions.post_restored", post.thread, by=by, post=post.pk)
    return post


@transaction.atomic
def object_to(post: Post, text: str, *, by) -> Hiding:
    """The author says why it should be shown, once."""
    post = held(post)
    require(by, "discussions.change_post", post)
    found = post.hidings.filter(ended_at=None).first()
    if found is None:
        raise ValidationError(_("This post is not hidden."))
    if found.objected_at is not None:
        raise ValidationError(_("You have objected already. You are told of the answer."))
    if not text.strip():
        raise ValidationError({"text": _("Please say why it should be shown.")})
    found.objection, found.objected_at = text.strip()[:2000], timezone.now()
    found.save(update_fields=["objection", "objected_at"])
    audit.record("discussions.objected", post.thread, by=by, post=post.pk)
    return found


@transaction.atomic
def keep_hidden(post: Post, answer: str, *, by) -> Hiding:
    """The objection is answered, and the post stays hidden."""
    post = held(post)
    require(by, "discussions.moderate", post)
    found = post.hidings.filter(ended_at=None, objected_at__isnull=False, answered_at=None).first()
    if found is None:
        raise ValidationError(_("There is no objection to answer."))
    if not answer.strip():
        raise ValidationError({"why": _("Please say why it stays hidden; the author is told.")})
    found.answer, found.answered_at = answer.strip()[:300], timezone.now()
    found.save(update_fields=["answer", "answered_at"])
    audit.record("discussions.objection_answered", post.thread, by=by, post=post.pk)
    return found
