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
