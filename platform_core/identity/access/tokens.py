"""Tokens with which programs act for a person, within the scopes she chose."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import ApiScope
from platform_core.identity.audit import services as audit

from . import selectors, services
from .models import SecretLink

PURPOSE = "api"
MOST, DAYS = 20, (30, 90, 365)


def scope_choices() -> list[tuple[str, str]]:
    return [(scope.code, str(scope.name)) for scope in declared(ApiScope)]


def tokens(person) -> QuerySet[SecretLink]:
    rows = SecretLink.objects.filter(purpose=PURPOSE, created_by=person, revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now()).order_by("-pk")


@transaction.atomic
def make_token(person, name: str, scopes: Sequence[str], days: int) -> str:
    """A new token; it is told once."""
    if tokens(person).count() >= MOST:
        raise ValidationError(_("You have %(most)s tokens, and more are not given.") % {"most": MOST})
    ends = timezone.now() + timedelta(days=days)
    link, secret = services.issue_link(PURPOSE, person, by=person, expires_at=ends, name=name, scopes=scopes)
    audit.record("access.token_made", link, by=person, scopes=list(scopes))
    return secret


@transaction.atomic
def end_token(person, pk: int) -> None:
    link = get_object_or_404(tokens(person), pk=pk)
    services.revoke_link(link)
    audit.record("access.token_ended", link, by=person)


class Token(HttpBearer):
    """Asks for a token with a scope; whoever comes with one acts as its owner and with her rights of the day."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str):
        link = selectors.open_link(PURPOSE, token)
        if link is None or link.created_by is None or not link.created_by.is_active:
            return None
        if self.scope not in link.scopes:
            raise HttpError(403, f"The token lacks the scope {self.scope}.")
        services.use_link(link)
        request.user, request.scopes = link.created_by, frozenset(link.scopes)  # type: ignore[attr-defined]
        return link.created_by


def require_scope(request: HttpRequest, scope: str) -> None:
    """What a deed needs beside the scope of its address. Raises HttpError."""
    if scope not in request.scopes:  # type: ignore[attr-defined]
        raise HttpError(403, f"The token lacks the scope {scope}.")
