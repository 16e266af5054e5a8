"""Files that were handed in leave with the answers."""

import io
import zipfile

from consultations.exports import FORMATS, Answers
from consultations.models import FileAnswer
from platform_core.materials.files import services as files

from .everything import answered, send


def test_files_lie_beside_the_answers_named_after_their_response(people):
    found = answered()
    for name, content in (("plan.pdf", b"%PDF one"), ("../../etc/plan", b"two")):
        row = send(found, {"audience": "policy", "paper": {"name": name, "sha256": "0", "size": 3}})
        stored = files.keep(io.BytesIO(content), "paper.txt", read=False)
        FileAnswer.objects.create(response=row, question="paper", file=stored, name=name)
    aside = send(found, {"audience": "policy"}, state="aside")
    FileAnswer.objects.create(response=aside, question="paper", file=stored, name="aside.txt")
    made = io.BytesIO()

    FORMATS["files"].write(Answers(found), made)

    archive = zipfile.ZipFile(made)
    order = [row.files.get() for row in found.versions.get().responses.filter(state="counted").order_by("pk")]
    named = {"plan.pdf": "plan.pdf", "../../etc/plan": "_.._etc_plan"}
    assert archive.namelist() == [
        "answers.csv",
        *(f"files/{number}-paper-{named[row.name]}" for number, row in enumerate(order, 1)),
    ]
    assert {archive.read(name) for name in archive.namelist()[1:]} == {b"%PDF one", b"two"}
    assert len(archive.read("answers.csv").decode().splitlines()) == 3


def test_what_comes_in_between_has_no_file_without_a_row(people):
    found = answered({"audience": "policy"})
    stored = files.keep(io.BytesIO(b"late"), "late.txt", read=False)
    answers, made = Answers(found), io.BytesIO()

    def late(done, total):
        row = send(found, {"audience": "policy"})
        FileAnswer.objects.create(response=row, question="paper", file=stored, name="late.txt")

    answers.told = late
    FORMATS["files"].write(answers, made)

    archive = zipfile.ZipFile(made)
    assert (archive.namelist(), len(archive.read("answers.csv").decode().splitlines())) == (["answers.csv"], 2)
