import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models

from platform_core.ground.texts.fields import TranslatedField, as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def term(name, code="money") -> Term:
    made = Term.objects.create(scheme="test", code=code, name=name, order=1)
    return Term.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("money", Text({"en": "money"})),
        ({"el": "χρήματα", "bg": "пари"}, Text({"el": "χρήματα", "bg": "пари"})),
        (Text({"bg": "пари"}, source="bg"), Text({"bg": "пари"}, source="bg")),
        ({"el": "χρήματα", "_source": "el"}, Text({"el": "χρήματα"}, source="el")),
        (None, Text()),
    ],
)
def test_whatever_is_assigned_comes_back_as_text(given, expected):
    assert Term(name=given).name == expected
    assert term(given).name == expected


def test_update_stores_what_assignment_would():
    term("money")

    Term.objects.filter(code="money").update(name={"el": "χρήματα"})

    assert Term.objects.get(code="money").name == Text({"el": "χρήματα"})


def test_bulk_update_stores_what_assignment_would():
    made = term("money")
    made.name = "cash"

    Term.objects.bulk_update([made], ["name"])

    assert Term.objects.get(code="money").name == Text({"en": "cash"})


def test_deferred_text_is_fetched_when_read():
    term({"el": "χρήματα"})

    assert Term.objects.defer("name").get(code="money").name == Text({"el": "χρήματα"})


@pytest.mark.parametrize(
    "lookup",
    [
        {"name__el": "Χρηματοδότηση"},
        {"name__el__icontains": "ματοδό"},
        {"name__bg": "Финансиране"},
        {"name__bg__startswith": "Финан"},
        {"name__has_key": "bg"},
        {"name__el__in": ["Χρηματοδότηση", "Πολιτική"]},
    ],
)
def test_greek_and_cyrillic_are_found_as_written(lookup):
    term({"el": "Χρηματοδότηση", "bg": "Финансиране"}, code="finance")
    term({"el": "Δεξιότητες", "it": "Competenze"}, code="skills")

    found = Term.objects.filter(scheme="test", **lookup)

    assert [row.code for row in found] == ["finance"]


def test_values_are_texts_too():
    term({"el": "χρήματα"})

    assert list(Term.objects.filter(scheme="test").values_list("name", flat=True)) == [Text({"el": "χρήματα"})]
    assert list(Term.objects.filter(scheme="test").values_list("name__el", flat=True)) == ["χρήματα"]


def test_serialised_text_is_read_back():
    made = term({"el": "χρήματα", "_source": "el"})

    (read,) = serializers.deserialize("json", serializers.serialize("json", [made]))

    assert read.object.name == Text({"el": "χρήματα"}, source="el")


def test_control_characters_are_dropped_on_the_way_in():
    made = term({"en": "mo\x00ne\x0by\ud800 \t\n and\x1f more\ufffe"})

    assert made.name == Text({"en": "money \t\n and more"})


@pytest.mark.parametrize(("blank", "value"), [(False, "x"), (True, ""), (True, "x")])
def test_validation_lets_pass(blank, value):
    field = TranslatedField(blank=blank)

    assert field.clean(value, None) == as_text(value)


def test_validation_asks_for_some_language():
    with pytest.raises(ValidationError) as caught:
        TranslatedField().clean({"el": ""}, None)

    assert caught.value.code == "blank"


def test_validation_limits_each_language():
    field = TranslatedField(max_length=5)

    assert field.clean({"en": "money", "el": "πόροι"}, None) == Text({"en": "money", "el": "πόροι"})
    with pytest.raises(ValidationError) as caught:
        field.clean({"en": "money", "el": "χρήματα"}, None)
    assert caught.value.messages == ["The text in language “el” has 7 characters; at most 5 are allowed."]


def test_migration_keeps_the_limit():
    _name, path, _args, kwargs = TranslatedField(max_length=5, blank=True).deconstruct()

    assert path == "platform_core.ground.texts.fields.TranslatedField"
    assert kwargs == {"blank": True, "default": dict, "max_length": 5}
    assert issubclass(TranslatedField, models.JSONField)
