import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations import services
from tests.consultations.exports.everything import FULL, answered


def test_answers_are_written_to_a_file(people, tmp_path):
    services.close(answered({**FULL, "words": ""}, code="all"))
    path, told = tmp_path / "all.csv", StringIO()

    call_command("export_responses", "all", "--format", "csv", "--language", "en", "--out", str(path), stdout=told)

    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert row["Sources? – Beta"] == "Yes"
    assert told.getvalue() == f"1 responses, {len(row)} columns: {path}\n"


def test_a_consultation_that_is_not_there(people):
    answered(FULL, code="all")

    with pytest.raises(CommandError) as found:
        call_command("export_responses", "none")

    assert str(found.value) == "There is no consultation “none”. There are: all."
