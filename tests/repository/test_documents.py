import io
import json
from pathlib import Path

import docx
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.materials.files.models import StoredFile
from repository.models import Record, RecordFile
from tests.platform_core.programme.search.asking import ask, codes
from tests.servers import ROOT
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEEDS = ROOT.parent / "shared" / "seeds"
ROW = {
    "file": "notes.txt",
    "kind": "report",
    "title": "Notes on guarantee funds",
    "summary": "Who lends, and on what terms.",
    "topics": [4],
    "year": 2024,
    "language": "en",
}


def file_folder(folder: Path) -> str:
    told = io.StringIO()
    call_command("file_documents", str(folder), stdout=told)
    return told.getvalue()


def write(folder: Path, *rows, **files: bytes) -> Path:
    (folder / "documents.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    for name, content in {"notes_txt": b"The guarantee fund.", **files}.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def state() -> tuple:
    return (
        sorted(Record.objects.values_list("code", "state", "published_on")),
        sorted(RecordFile.objects.values_list("record", "file", "name")),
        StoredFile.objects.count(),
    )


# The source documents


def pages_of(text: str) -> list[str]:
    """Some 1,200 characters each, cut at line ends, so that each fits a sheet."""
    pages, rest = [], text
    while rest:
        end = rest.rfind("\n", 0, 1200) + 1 or 1200
        pages, rest = [*pages, rest[:end]], rest[end:]
    return [page for page in pages if page.strip()]


def as_docx(pages: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for page in pages:
        document.add_paragraph("".join(letter for letter in page if letter.isprintable() or letter == "\n"))
    document.save(file)
    return file.getvalue()


DOCUMENTS = {
    "000": ("terms", "strategy", "Terms of reference of a programme", "stockholm"),
    "001": ("group-3", "concept_paper", "What the third working group sets out to do", "automotive"),
    "002": ("brief", "paper", "A brief on what clusters do for innovation", "toulouse"),
    "003": ("platform", "concept_paper", "The idea behind this platform", "intranet"),
    "004": ("plan", "strategy", "A common strategy in six themes", "planck"),
}


@pytest.fixture(params=["pdf", "docx"])
def seeds(request, tmp_path):
    """The five source documents as PDF or as DOCX files beside a sidecar in our own words; their pages by code."""
    if not SEEDS.is_dir():
        pytest.skip(f"!!! {SEEDS} is missing: the five source documents were NOT filed by any test")
    rows, found = [], {}
    for start, (code, kind, title, _word) in DOCUMENTS.items():
        (source,) = SEEDS.glob(f"{start}_*.txt")
        pages = pages_of(source.read_text(encoding="utf-8"))
        content = pages_to_pdf(title, pages, "en") if request.param == "pdf" else as_docx(pages)
        (tmp_path / f"{code}.{request.param}").write_bytes(content)
        rows.append({**ROW, "file": f"{code}.{request.param}", "code": code, "kind": kind, "title": title})
        found[code] = pages
    write(tmp_path, *rows)
    return tmp_path, found, request.param


def place_of(word: str, pages: list[str], code: str, ending: str) -> int:
    """The page of a PDF; a DOCX has none, its long text is read in parts."""
    if ending == "docx":
        pages = [page.text for page in RecordFile.objects.get(name=f"{code}.docx").file.pages.order_by("number")]
    return next(number for number, page in enumerate(pages, 1) if word in page.lower())


def test_source_documents_are_searchable_by_page(seeds):
    folder, pages, ending = seeds

    told = file_folder(folder)
    settle()

    assert told == "".join(f"{code}: {title}\n" for code, _kind, title, _word in DOCUMENTS.values())
    assert list(StoredFile.objects.values_list("state", flat=True)) == ["ready"] * 5
    for code, _kind, _title, word in DOCUMENTS.values():
        answer = ask(AnonymousUser(), word)
        (hits,) = answer.pages.values()
        assert (word, [entry.key for entry in answer.entries]) == (word, [code])
        assert (hits[0].name, hits[0].number) == (f"{code}.{ending}", place_of(word, pages[code], code, ending))

    before = state()
    assert (file_folder(folder), state()) == ("", before)


# Sidecars


def test_document_is_filed_published_and_found(tmp_path):
    write(tmp_path, {**ROW, "code": "funds", "creators": ["A bank"], "countries": ["AT"], "terms": {"level": ["eu"]}})

    assert file_folder(tmp_path) == "funds: Notes on guarantee funds\n"
    settle()

    made = Record.objects.get()
    assert (made.state, made.creators, made.year) == ("published", ["A bank"], 2024)
    assert codes(AnonymousUser(), "guarantee", level=["eu"], country=["AT"]) == ["funds"]


def test_texts_may_come_in_several_languages(tmp_path):
    title = {"el": "Σημειώσεις", "en": "Notes"}

    file_folder(write(tmp_path, {**ROW, "language": "el", "title": title, "summary": "Ποιος δανείζει."}))

    made = Record.objects.get()
    assert (dict(made.title), made.title.source) == ({"en": "Notes", "el": "Σημειώσεις"}, "el")
    assert (dict(made.summary), made.languages) == ({"el": "Ποιος δανείζει."}, ["el"])


@pytest.mark.parametrize("code", [{"code": "funds"}, {}])
def test_filing_again_changes_nothing(tmp_path, code):
    write(tmp_path, {**ROW, **code})
    file_folder(tmp_path)
    before = state()

    assert file_folder(tmp_path) == ""
    assert state() == before


def test_new_rows_are_filed_beside_the_old_ones(tmp_path):
    file_folder(write(tmp_path, {**ROW, "code": "one"}))

    told = file_folder(write(tmp_path, {**ROW, "code": "one"}, {**ROW, "code": "two", "title": "Second"}))

    assert told == "two: Second\n"
    assert Record.objects.count() == 2


def without(name: str) -> dict:
    return {key: value for key, value in ROW.items() if key != name}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (without("title"), "Row 2: missing ['title'], unknown -."),
        ({**ROW, "colour": "red"}, "Row 2: missing -, unknown ['colour']."),
        ({**ROW, "file": "gone.pdf"}, "Row 2: The file gone.pdf is not in the folder."),
        ({**ROW, "file": "../notes.txt"}, "Row 2: “../notes.txt” is not the name of a file."),
        ({**ROW, "file": "/etc/hostname"}, "Row 2: “/etc/hostname” is not the name of a file."),
        ({**ROW, "file": ".."}, "Row 2: The file .. is not in the folder."),
        ({**ROW, "file": ["notes.txt"]}, "Row 2: “['notes.txt']” is not the name of a file."),
        ({**ROW, "topics": [7]}, "Row 2: not in the vocabulary: 7."),
        ({**ROW, "topics": [[4]]}, "Row 2: not in the vocabulary: [4]."),
        ({**ROW, "countries": ["GR"]}, "Row 2: not in the vocabulary: GR."),
        ({**ROW, "kind": "nonsense"}, "Row 2: not in the vocabulary: nonsense."),
        ({**ROW, "language": "fr"}, "Row 2: not in the vocabulary: fr."),
        ({**ROW, "title": 5}, "Row 2: not a text: title."),
        ({**ROW, "summary": {"en": None}}, "Row 2: not a text: summary."),
        ({**ROW, "title": ""}, "Row 2: Please write this text in at least one language."),
        ({**ROW, "year": "soon"}, "Row 2: “soon” value must be an integer."),
        ({**ROW, "code": "not a code"}, None),
        ({**ROW, "terms": {"level": ["galactic"]}}, None),
        ("notes.txt", "Row 2: not an object."),
    ],
)
def test_bad_row_is_named_and_nothing_is_filed(tmp_path, row, message):
    write(tmp_path, {**ROW, "code": "good", "file": "first.txt"}, row, first_txt=b"Another fund.")

    with pytest.raises(CommandError) as caught:
        file_folder(tmp_path)

    assert str(caught.value) == message or (message is None and str(caught.value).startswith("Row 2: "))
    assert (Record.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ("[{", "The sidecar cannot be read: "),
        ("\x00", "The sidecar cannot be read: "),
        ('{"file": "x"}', "The sidecar is not a list of documents."),
        ("3", "The sidecar is not a list of documents."),
    ],
)
def test_broken_sidecar_files_nothing(tmp_path, content, start):
    (tmp_path / "documents.json").write_text(content)

    with pytest.raises(CommandError, match=start):
        file_folder(tmp_path)

    assert Record.objects.count() == 0


def test_missing_sidecar_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"The sidecar cannot be read: .*documents\.json"):
        file_folder(tmp_path)


def test_sidecar_may_lie_elsewhere(tmp_path):
    (tmp_path / "files").mkdir()
    write(tmp_path / "files", {**ROW, "code": "funds"})
    moved = (tmp_path / "files" / "documents.json").rename(tmp_path / "other.json")

    call_command("file_documents", str(tmp_path / "files"), sidecar=moved, stdout=io.StringIO())

    assert Record.objects.get().code == "funds"


def test_file_that_is_not_what_it_says_files_nothing(tmp_path):
    write(tmp_path, {**ROW, "code": "good"}, {**ROW, "file": "fake.pdf"}, fake_pdf=b"MZ")

    with pytest.raises(CommandError, match="Row 2: "):
        file_folder(tmp_path)

    assert (Record.objects.count(), StoredFile.objects.count()) == (0, 0)
