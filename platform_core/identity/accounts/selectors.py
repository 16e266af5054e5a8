from collections.abc import Iterable

from .models import Pseudonym, User


def person(pk: int) -> User | None:
    return User.objects.filter(pk=pk, is_active=True).first()


def person_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def person_behind(token: str) -> User | None:
    """The person a pseudonym of the event log stands for, while she has an account."""
    return User.objects.filter(pk__in=Pseudonym.objects.filter(token=token).values("person")).first() if token else None


def names_of(tokens: Iterable[str]) -> dict[str, str]:
    """Names behind pseudonyms, for those whose row still exists."""
    rows = Pseudonym.objects.filter(token__in=set(tokens)).select_related("person")
    return {row.token: str(row.person) for row in rows}
