"""What is stated rather than asked: a statement to agree to, information to read, a file to hand in."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from .kinds import ANSWERED, GONE, Question, QuestionType

MOST_MEGABYTES = 10
ACCEPTED = ("pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "png", "jpg", "txt", "csv")


def read_consent(question: Question, typed) -> bool:
    return bool(typed.get(question["code"]))


def define_file(question: Question) -> list[str]:
    if not 1 <= (question.get("max_mb") or MOST_MEGABYTES) <= MOST_MEGABYTES:
        return [_("a file may have 1 to %(most)s MB") % {"most": MOST_MEGABYTES}]
    strange = sorted(set(question.get("accept") or ()) - set(ACCEPTED))
    return [_("files of the kind %(kind)s are not taken") % {"kind": kind} for kind in strange]


def file_words(question: Question, value) -> str:
    if value["name"] == GONE:
        return _("deleted")
    return f"{value['name']} ({filesizeformat(value['size'])})"


TYPES = [
    QuestionType(
        code="consent",
        name=gettext_lazy("Statement to agree to"),
        read=read_consent,
        check=lambda question, value: [],
        words=lambda question, value: "✓",
        asks=ANSWERED,
    ),
    QuestionType(
        code="info",
        name=gettext_lazy("Information"),
        read=lambda question, typed: "",
        check=lambda question, value: [],
        words=lambda question, value: "",
        asks=frozenset(),
        is_answered=False,
    ),
    QuestionType(
        code="file",
        name=gettext_lazy("File"),
        read=lambda question, typed: "",
        check=lambda question, value: [],
        words=file_words,
        define=define_file,
        asks=ANSWERED,
        emptied=lambda value: {"name": GONE, "sha256": "", "size": 0},
    ),
]
