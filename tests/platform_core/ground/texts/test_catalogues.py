import gettext

import polib
import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def catalogue(settings, tmp_path):
    """A catalogue of one message, in a folder of its own."""
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "el" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Topic"\nmsgstr "Θέμα"\n')
    return path


def test_catalogues_are_compiled_without_gettexts_programs(catalogue, capsys):
    call_command("compile_catalogues")

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Topic") == "Θέμα"
    assert capsys.readouterr().out == "Compiled 1 message catalogues.\n"
    assert [path.name for path in catalogue.parent.glob("*.new")] == []


def test_up_to_date_catalogues_are_left_alone(catalogue, capsys):
    call_command("compile_catalogues")
    capsys.readouterr()

    call_command("compile_catalogues")

    assert capsys.readouterr().out == ""


def test_broken_catalogue_is_named(catalogue):
    catalogue.write_text('msgid "Topic"\nmsgother "x"\n')

    with pytest.raises(CommandError, match=str(catalogue)):
        call_command("compile_catalogues")


def test_polib_reads_what_we_write(catalogue):
    assert [entry.msgstr for entry in polib.pofile(str(catalogue))] == ["Θέμα"]


DAYS = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Until %(day)s. Go on."
msgstr "До %(day)s. Нататък."

msgid "Until %(day)s."
msgstr "До %(day)s."

msgid "Moved from %(moment)s."
msgstr "От %(moment)s."
"""


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("bg", ["До %(day)s Нататък.", "До %(day)s", "От %(moment)s."]),
        ("hr", ["До %(day)s Нататък.", "До %(day)s", "От %(moment)s."]),
        ("sr_Latn", ["До %(day)s Нататък.", "До %(day)s", "От %(moment)s."]),
        ("el", ["До %(day)s. Нататък.", "До %(day)s.", "От %(moment)s."]),
    ],
)
def test_a_day_that_ends_with_a_point_ends_the_sentence(settings, tmp_path, locale, told):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / locale / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(DAYS)
    call_command("compile_catalogues")

    with path.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    asked = ["Until %(day)s. Go on.", "Until %(day)s.", "Moved from %(moment)s."]
    assert [words.gettext(one) for one in asked] == told
