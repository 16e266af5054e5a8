import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from platform_core.ground.registry import kinds
from platform_core.ground.registry.catalogue import declared, everything, find_thing, label_of, thing_kind
from platform_core.ground.vocabulary.models import Topic

from .declaring import declaring

CODED = [kinds.Right, kinds.JobKind, kinds.NoticeKind, kinds.Reaction, kinds.Sweep, kinds.Standing, kinds.Facet]
PLACES = {"public", "desk", "person", "footer"}
VERB = r'"([a-z_]+\.[a-z_]+)"'
WRITTEN = re.compile(rf'(?:\brecord\(\s*|\bverb(?:: str)? ?= ?){VERB}(?: if [^"]+ else {VERB})?')


def verbs_in_code() -> set[str]:
    folders = [Path(config.path) for config in apps.get_app_configs() if settings.BASE_DIR in Path(config.path).parents]
    own = [folder for folder in folders if ".venv" not in folder.parts]
    return {
        verb
        for folder in own
        for file in folder.rglob("*.py")
        if "declarations" not in str(file.relative_to(folder))
        for found in WRITTEN.findall(file.read_text("utf-8"))
        for verb in found
        if verb
    }


def test_declared_gives_one_kind_in_its_order():
    late, early = [kinds.Facet(code=str(order), name="", labels=dict, order=order) for order in (9_000, -1)]

    with declaring(late, early):
        found = declared(kinds.Facet)

    assert (found[0], found[-1]) == (early, late)
    assert {type(item) for item in found} == {kinds.Facet}


def test_declarations_of_a_test_are_forgotten_after_it():
    before = everything()

    with declaring(kinds.EventKind(verb="tests.done", name="Done")):
        during = everything()

    assert (len(during), everything()) == (len(before) + 1, before)


@pytest.mark.parametrize("kind", CODED)
def test_codes_of_a_kind_are_given_once(kind):
    counted = Counter(item.code for item in declared(kind))

    assert [code for code, times in counted.items() if times > 1] == []


def test_every_verb_the_code_writes_has_words_and_no_other():
    assert {kind.verb for kind in declared(kinds.EventKind)} == verbs_in_code()


def test_every_notice_answers_a_declared_verb():
    verbs = {kind.verb for kind in declared(kinds.EventKind)}

    assert {kind.verb for kind in declared(kinds.NoticeKind)} - verbs == set()


def test_every_menu_entry_leads_somewhere_and_asks_a_declared_right():
    entries, rights = declared(kinds.MenuEntry), {right.code for right in declared(kinds.Right)}

    assert [entry for entry in entries if not reverse(entry.route)] == []
    assert {entry.right for entry in entries if entry.right} - rights == set()
    assert {entry.place for entry in entries} - PLACES == set()


def test_every_thing_and_searchable_is_a_model():
    labels = {item.label for kind in (kinds.Thing, kinds.Searchable) for item in declared(kind)}

    assert {apps.get_model(label)._meta.label_lower for label in labels} == labels


def test_every_kind_of_job_names_a_function():
    assert [kind.code for kind in declared(kinds.JobKind) if not callable(import_string(kind.perform))] == []


def test_every_right_names_relations_it_can_answer():
    lost = [
        right.code
        for right in declared(kinds.Right)
        if bool({"owner", "owner@"} & {*right.who}) != bool(right.owner)
        or (right.scope and not any("@" in who for who in right.who))
    ]

    assert lost == []


def test_thing_kind_is_found_by_label_or_not_at_all():
    assert thing_kind("members.organisation").label == "members.organisation"
    assert thing_kind("members.unicorn") is None


def test_find_thing_gives_the_row_or_nothing(db):
    topic = Topic.objects.get(pk=4)

    assert (label_of(topic), find_thing("vocabulary.topic", 4)) == ("vocabulary.topic", topic)
    assert find_thing("vocabulary.topic", 99) is None
