import re

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import PersonalData

from .floors import models

TELLING = re.compile(
    r"^(e_?mail|phone|telephone|mobile|ip|ip_address|user_agent|date_of_birth|birthday|signature"
    r"|(postal|street|home|email|mail)_address|\w+_(email|phone|telephone)"
    r"|(first|last|given|family|full|contact|person|author|sender|respondent)_names?|surname|forename)$"
)
# Models whose telling fields are not about a person; say why.
NOT_PERSONAL: dict[str, str] = {}


def is_telling(field):
    if field.is_relation:
        return bool(field.related_model) and field.related_model._meta.label == settings.AUTH_USER_MODEL
    return bool(TELLING.match(field.name))


def telling_fields(model):
    return [field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many) if is_telling(field)]


def test_models_of_personal_data_are_declared():
    known = {data.label for data in declared(PersonalData)} | set(NOT_PERSONAL)
    undeclared = {
        model._meta.label_lower: telling
        for model in models()
        if (telling := telling_fields(model)) and model._meta.label_lower not in known
    }

    assert undeclared == {}


def test_telling_fields_are_declared_with_their_model():
    told = {data.label: {*data.fields, data.holder} for data in declared(PersonalData)}
    forgotten = {
        label: missing
        for model in models()
        if (label := model._meta.label_lower) in told and (missing := {*telling_fields(model)} - told[label])
    }

    assert forgotten == {}


def test_declared_fields_exist():
    unknown = [
        f"{data.label}.{name}"
        for data in declared(PersonalData)
        for name in data.fields
        if not has_field(data.label, name)
    ]

    assert unknown == []


def has_field(label, name):
    try:
        return bool(apps.get_model(label)._meta.get_field(name))
    except (LookupError, FieldDoesNotExist):
        return False
