import ast
import gettext
import os
import re
from collections import Counter

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.forms.forms import BaseForm
from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import to_locale

from .floors import PARTS, ROOT, python_files, told

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
NAMED = re.compile(r"%\((\w+)\)[a-z]")


def test_catalogues_belong_to_our_languages():
    ours = {to_locale(code) for code, _ in settings.LANGUAGES}

    assert {path.parents[1].name for path in CATALOGUES} <= ours


@pytest.mark.parametrize("path", CATALOGUES, ids=told)
def test_catalogue_holds_each_text_once_with_its_placeholders(path):
    catalogue = polib.pofile(str(path))
    twice = [
        place for place, number in Counter((entry.msgctxt, entry.msgid) for entry in catalogue).items() if number > 1
    ]
    lost = [
        entry.msgid
        for entry in catalogue.translated_entries()
        for text in entry.msgstr_plural.values() or [entry.msgstr]
        if not set(NAMED.findall(text)) <= set(NAMED.findall(entry.msgid + entry.msgid_plural))
    ]

    assert catalogue.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert (twice, lost) == ([], [])


@pytest.fixture
def catalogue(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "de/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
        'msgctxt "law"\nmsgid "Act"\nmsgstr "Gesetz"\n\n'
        'msgid "%d region"\nmsgid_plural "%d regions"\nmsgstr[0] "%d Région"\nmsgstr[1] "%d Régionen"\n\n'
        '#, fuzzy\nmsgid "Guess"\nmsgstr "Vermutung"\n'
    )
    return path


def test_compiled_catalogue_speaks(catalogue):
    call_command("compile_catalogues")

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    assert words.pgettext("law", "Act") == "Gesetz"
    assert words.ngettext("%d region", "%d regions", 2) == "%d Régionen"
    assert words.gettext("Guess") == "Guess"


def test_catalogue_is_compiled_only_when_older(catalogue):
    call_command("compile_catalogues")
    compiled = catalogue.with_suffix(".mo")
    os.utime(compiled, (2_000_000_000, 2_000_000_000))
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime == 2_000_000_000

    os.utime(catalogue, (2_100_000_000, 2_100_000_000))
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime < 2_000_000_000


def test_broken_catalogue_is_named(catalogue):
    catalogue.write_text('msgid "one"\nnonsense\n')

    with pytest.raises(CommandError, match=r"django\.po"):
        call_command("compile_catalogues")


def test_texts_are_collected_under_the_names_xgettext_knows():
    """A translating function under a name of one's own is never collected, so its texts stay English."""
    known = {"_", None}
    aliases = [
        f"{told(path)}: {name.asname}"
        for path in python_files(*PARTS)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in known
    ]

    assert aliases == []


def test_texts_are_not_hidden_from_xgettext():
    """What is translated inside an f-string is not always collected, so its text would stay English."""
    hidden = [
        f"{told(path)}:{call.lineno}"
        for path in python_files(*PARTS)
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in TRANSLATING
    ]

    assert hidden == []


def test_labels_wait_for_the_reader_s_language():
    """A text translated when the program starts is English for everybody."""
    get_resolver().url_patterns  # noqa: B018 - imports every form there is
    told = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in descendants(BaseForm)
        if form.__module__.split(".")[0] in PARTS and form.__module__ != "platform_core.ground.ui.samples"
        for name, field in form.base_fields.items()
        if any(words and not isinstance(words, Promise) for words in (field.label, field.help_text))
    ]

    assert told == []


def descendants(kind):
    for one in kind.__subclasses__():
        yield one
        yield from descendants(one)
