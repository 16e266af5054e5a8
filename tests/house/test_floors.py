import ast
import re

from django.db.models import Field

from .floors import APPS, ROOT, may_stand_on, models, python_files, rooms, templates, told

ADDRESS = re.compile(r"""\{%\s*(?:url|address)\s+["']([a-z_]+):""")


def room_of(model):
    return model._meta.app_config.name


def test_rooms_are_all_installed_once():
    names = [room.name for room in rooms()]

    assert sorted(names) == sorted(set(names))
    assert set(APPS) < set(names)


def test_foreign_keys_point_down_or_stay():
    ours = {room.name for room in rooms()}
    pointing_up = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field, Field) and field.related_model and room_of(field.related_model) in ours
        if not may_stand_on(room_of(model), room_of(field.related_model))
    ]

    assert pointing_up == []


def test_templates_lead_into_no_app_above():
    leading_up = [
        f"{told(path)}: {label}"
        for path in templates()
        for label in ADDRESS.findall(path.read_text())
        if label in APPS and not may_stand_on(owner_of(path), label)
    ]

    assert leading_up == []


def owner_of(path):
    """The app whose folder a template lies in; layouts, components and the like belong to the ground."""
    label = next((part for part in path.relative_to(ROOT).parts if part in APPS), "")
    return label or "platform_core.ground"


def test_platform_reverses_no_address_of_an_app():
    addresses = tuple(f"{app}:" for app in APPS)
    found = [
        f"{told(path)}: {node.value}"
        for path in python_files("platform_core")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(addresses)
    ]

    assert found == []


def test_guardian_is_imported_by_access_alone():
    importing = {
        told(path)
        for path in python_files()
        if re.search(r"^\s*(from|import) guardian\b", path.read_text(), re.MULTILINE)
        if not told(path).startswith("platform_core/identity/access/")
    }

    assert importing == set()
