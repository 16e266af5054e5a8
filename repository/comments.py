"""Asking for comments on a record, and closing a round: whoever is asked about a draft may read it until then."""

from datetime import date

from django.db import transaction

from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment, Round
from platform_core.identity.access.selectors import require

from . import services
from .models import Record


@transaction.atomic
def ask_comments(record: Record, questions: list[str], closes_on: date, *, by, language: str) -> Round:
    require(by, "repository.ask_comments", record)
    version = str(record.version)
    opened = discussions.open_round(record, questions, closes_on, by=by, language=language, version=version)
    services.show(record)
    return opened


@transaction.atomic
def close_comments(record: Record, opened: Round, summary: str, *, by) -> Round:
    require(by, "repository.ask_comments", record)
    closed = discussions.close_round(opened, record, summary, by=by)
    services.show(record)
    return closed


def hide_comment(record: Record, comment: Comment, why: str, *, by) -> None:
    require(by, "repository.hide_comment", record)
    discussions.hide(comment, record, why, by=by)
