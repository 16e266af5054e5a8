"""Seeing the platform as somebody else does: read-only, for a quarter of an hour, and logged.

Nothing can be written meanwhile, whatever a view would do: the database refuses every statement that is not a question.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

KEY = "seeing_as"
MINUTES = 15
QUESTIONS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "EXPLAIN", "PRAGMA")


class ReadOnlyError(PermissionDenied):
    """Something would have been written while looking with another person's eyes."""


def begin(request, person) -> None:
    until = timezone.now() + timedelta(minutes=MINUTES)
    request.session[KEY] = {"person": person.pk, "until": until.isoformat()}


def stop(request) -> None:
    request.session.pop(KEY, None)


def person_seen(request):
    """The person through whose eyes the request looks, or None; what has run out is forgotten."""
    held = request.session.get(KEY)
    if not held:
        return None
    until = parse_datetime(held["until"])
    person = get_user_model().objects.filter(pk=held["person"], is_active=True).first()
    if person is None or until is None or until <= timezone.now():
        stop(request)
        return None
    return person


def refuse_writing(execute, sql, params, many, context):
    statement = sql if isinstance(sql, str) else str(sql)
    if not statement.lstrip(" (\n").upper().startswith(QUESTIONS) or " FOR UPDATE" in statement.upper():
        raise ReadOnlyError
    return execute(sql, params, many, context)


def read_only():
    return connection.execute_wrapper(refuse_writing)
