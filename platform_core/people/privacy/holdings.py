"""What the platform holds about a person, read from the declared classes of personal data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import PersonalData
from platform_core.identity.accounts.models import User


@dataclass(frozen=True)
class Holding:
    data: PersonalData
    model: type[Model]
    number: int

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)


def classes() -> Iterator[tuple[PersonalData, type[Model]]]:
    for data in declared(PersonalData):
        yield data, apps.get_model(data.label)


def rows_of(data: PersonalData, model: type[Model], person: User) -> QuerySet[Any]:
    """The rows of a class that are about a person: by a key to her, by her address, or the row of the account itself."""
    if data.rows:
        return data.rows(person)
    rows = model._base_manager.all()
    if data.holder == "self":
        return rows.filter(pk=person.pk)
    if not data.holder:
        return rows.none()
    if isinstance(model._meta.get_field(data.holder.split("__")[0]), ForeignKey):
        return rows.filter(**{data.holder: person.pk})
    return by_address(rows, data, person)


def own_addresses(person: User) -> set[str]:
    """In small letters; one that somebody else has now is not hers."""
    return {person.email.lower(), *(found.email.lower() for found in person.emailaddress_set.filter(verified=True))}


def by_address(rows: QuerySet[Any], data: PersonalData, person: User) -> QuerySet[Any]:
    """Rows under any of her addresses. One that somebody else has now, or had before she joined, leads to nothing of hers."""
    own = own_addresses(person)
    asked = Q()
    for address in own:
        asked |= Q(**{f"{data.holder}__iexact": address})
    return rows.filter(asked, **({f"{data.since}__gte": person.date_joined} if data.since else {}))


def links_to(data: PersonalData, model: type[Model]) -> list[str]:
    """The declared keys of a class that may lead to a person."""
    fields = [model._meta.get_field(name) for name in {*data.fields, data.holder} if is_field(name)]
    return sorted(
        field.name for field in fields if isinstance(field, ForeignKey) and issubclass(field.related_model, User)
    )


def is_field(name: str) -> bool:
    """Whether a declared name is one of the model's own, neither the account itself nor a way over another row."""
    return bool(name) and name != "self" and "__" not in name


def holdings(person: User) -> list[Holding]:
    """Every class of which the platform holds anything, with how much."""
    found = [Holding(data, model, rows_of(data, model, person).count()) for data, model in classes()]
    return [holding for holding in found if holding.number]


def content(person: User) -> Iterator[tuple[PersonalData, type[Model], list[dict[str, Any]]]]:
    """Class by class what is held, in plain values."""
    for data, model in classes():
        rows = [plain(row, data) for row in rows_of(data, model, person).order_by("pk")]
        if rows:
            yield data, model, rows


def plain(row: Model, data: PersonalData) -> dict[str, Any]:
    names = list(dict.fromkeys(["pk", *data.fields]))
    return {name: told(getattr(row, name)) for name in names}


def told(value: Any) -> Any:
    """As JSON can say it; things are told by their name, moments by ISO 8601."""
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
