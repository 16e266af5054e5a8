"""Collects the `declarations` of every installed room and app, once, on first use."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from .kinds import Thing

Declared = TypeVar("Declared")


@cache
def everything() -> tuple[Any, ...]:
    found: list[Any] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.declarations"
        if find_spec(name):
            found.extend(import_module(name).declarations)
    return tuple(found)


@cache
def declared(kind: type[Declared]) -> tuple[Declared, ...]:
    """All declarations of one kind, by their `order` where they have one, else as the apps are installed."""
    found = [item for item in everything() if isinstance(item, kind)]
    return tuple(sorted(found, key=lambda item: getattr(item, "order", 0)))


def label_of(thing: Model | type[Model]) -> str:
    return thing._meta.label_lower


def thing_kind(label: str) -> Thing | None:
    return next((thing for thing in declared(Thing) if thing.label == label), None)


def find_things(label: str, pks: Iterable[Any]) -> dict[Any, Model]:
    """Stored objects by their keys, in one query; those that are gone are left out."""
    return apps.get_model(label)._base_manager.in_bulk(list(pks)) if pks else {}


def find_thing(label: str, pk: Any) -> Model | None:
    """The stored object behind a label and a key, whoever asks; selectors check the right."""
    return apps.get_model(label)._base_manager.filter(pk=pk).first()
