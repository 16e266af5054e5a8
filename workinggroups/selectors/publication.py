"""What a document tells the repository: who wrote and who approved it, and what it can be published as."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acting_for
from repository.kinds import KINDS, LONG, SHORT, Detail, details_of

from .. import concept
from ..models import Document, DocumentVersion, Reviewer
from ..presets import in_all_languages
from .documents import LABEL, last_version
from .fields import stored, words

GOOD = (Reviewer.Answer.APPROVE, Reviewer.Answer.REMARKS)
CONCEPT = {"aims": "topic", "outputs": "results"}  # what a concept paper is asked for, by the section that tells it


@dataclass(frozen=True)
class Approval:
    person: User | None
    organisation: Organisation | None
    at: datetime


@dataclass(frozen=True)
class Published:
    """A version of a document as it stands in the repository, and who approved that very version."""

    document: Document
    version: DocumentVersion
    approvals: list[Approval]


def parts_of(document: Document) -> list[Document]:
    """The document and its translations, as far as they are approved too and not restricted."""
    rows = document.translations.filter(trashed_on=None, state__in=(Document.State.APPROVED, Document.State.PUBLISHED))
    return [document, *rows.exclude(marking=Document.Marking.RESTRICTED).order_by("language")]


def writers(document: Document) -> list[User]:
    """The people who made its versions and those of its translations, the first author first."""
    asked = DocumentVersion.objects.filter(document__in=parts_of(document)).order_by("made_at", "pk")
    people = list(dict.fromkeys(pk for pk in asked.values_list("author", flat=True) if pk))
    held = User.objects.in_bulk(people)
    return [held[pk] for pk in people]


def organisations_of(people: Iterable[User]) -> list[Organisation]:
    """Those they act for today, in the order of the people."""
    people = [person.pk for person in people]
    act_for = acting_for(people)
    return list(dict.fromkeys(act_for[pk] for pk in people if pk in act_for))


def approvals(version: DocumentVersion) -> list[Approval]:
    """Who approved this version, whatever became of the document since."""
    rows = Reviewer.objects.filter(review__version=version, fingerprint=version.fingerprint, answer__in=GOOD)
    rows = list(rows.select_related("person").order_by("answered_at", "pk"))
    acts = acting_for([row.person_id for row in rows if row.person_id])
    return [Approval(row.person, acts.get(row.person_id), row.answered_at) for row in rows]


def published_as(record) -> list[Published]:
    """The versions of which a record consists, the original first."""
    if record.about_thing != LABEL:
        return []
    own = Document.objects.filter(pk=record.about_id, record=record)
    rows = own | Document.objects.filter(translation_of__in=own.values("pk"))
    rows = rows.exclude(published_version=None).select_related("published_version", "group__topic")
    rows = sorted(rows, key=lambda row: (row.translation_of_id is not None, row.language))
    return [Published(row, row.published_version, approvals(row.published_version)) for row in rows]


# Kinds of records


def details(document: Document, kind: str) -> dict[str, dict[str, str]]:
    """What the kind asks and the document tells, by language: under a heading, or in a field, of that name."""
    asked = [detail for detail in details_of(kind) if detail.is_text and not detail.for_members]
    found: dict[str, dict[str, str]] = {}
    for part in reversed(parts_of(document)):
        said = said_in(last_version(part))
        for detail in asked:
            if text := next((said[name] for name in names_of(detail, kind) if said.get(name)), ""):
                found.setdefault(detail.code, {})[part.language] = shortened(detail, text)
    return found


def said_in(version: DocumentVersion) -> dict[str, str]:
    """What a version says under its headings and in its fields, by their names; `section:x` for those of a concept paper."""
    fields = {name.casefold(): words(one.value) for one in stored(version) for name in one.field.name.values()}
    parts = concept.parts(version.text)
    named = {f"section:{part.section.code}": part.body for part in parts if part.section}
    return fields | named | {part.heading.casefold(): part.body for part in parts if part.heading}


def names_of(detail: Detail, kind: str) -> list[str]:
    found = [name.casefold() for name in in_all_languages(detail.name).values()]
    return [*found, f"section:{CONCEPT.get(detail.code, '')}"] if kind == "concept_paper" else found


def shortened(detail: Detail, text: str) -> str:
    most = LONG if detail.long else SHORT
    return text if len(text) <= most else f"{text[: most - 1]}…"


def missing(document: Document, kind: str) -> list[Detail]:
    """What the kind must have and the document does not tell."""
    told = details(document, kind)
    return [
        detail for detail in details_of(kind) if detail.required and document.language not in told.get(detail.code, {})
    ]


def kinds(document: Document) -> tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]:
    """What a document can become, as choices; and the others by name, each with what it lacks."""
    known, open_ones, lacking = {kind.code for kind in KINDS}, [], []
    for code, name in vocabulary.term_choices("record_kind"):
        if code in known and (lack := missing(document, code)):
            lacking.append((name, [str(detail.name) for detail in lack]))
        elif code in known:
            open_ones.append((code, name))
    return open_ones, lacking
