"""What a program would change of a record, put into the form of the web, so that both are checked alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.forms import MultipleChoiceField
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import printable
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from . import creators, selectors
from .forms.records import RecordForm, ReviseForm, initial_of
from .kinds import names_clusters
from .models import Record

NAMES = {"concepts": "keywords", "__all__": ""}
DETAIL = "detail_"


def form_for(record: Record, given: Mapping[str, Any], person) -> RecordForm:
    """The record as it is, with what is given in its place."""
    language = given.get("language") or record.title.source
    told = {**initial_of(record, language), **typed(given, record), "language": language}
    kind = RecordForm if record.state == Record.State.DRAFT else ReviseForm
    data = {name: "" if value is None else value for name, value in told.items()}
    return kind(data, kind=record.kind, record=record, owners=own_organisations(person))


def typed(given: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """By the names of the form's fields."""
    found = {name: value for name, value in given.items() if name not in ("details", "keywords", "organisation")}
    found |= {DETAIL + code: value for code, value in given.get("details", {}).items()}
    if "keywords" in given:
        labels = vocabulary.concept_labels()
        found["concepts"] = ", ".join(labels.get(word, word) for word in given["keywords"])
    if "creators" in given:
        found["creators"] = "\n".join(known(name, record) for name in given["creators"])
    if "topics" in given:
        found["topics"] = [str(number) for number in given["topics"]]
    if "clusters" in given:
        found["clusters"] = clusters_named(given["clusters"], record)
    if "organisation" in given:
        code = printable(given["organisation"])
        named = Organisation.objects.filter(code=code).first()
        found["organisation"] = named.pk if named else code
    return found


def clusters_named(codes: Iterable[str], record: Record | None = None) -> list[int]:
    """Keys of those that can be named."""
    offered = selectors.clusters_offered(record)
    return [offered[code] for code in codes if code in offered]


def wrong_clusters(codes: Collection[str], kind: str, record: Record | None = None) -> Iterator[dict[str, str]]:
    if codes and not names_clusters(kind):
        yield {"column": "clusters", "words": _("This kind does not ask it.")}
    elif unknown := sorted(set(codes) - set(selectors.clusters_offered(record))):
        told = [_("“%(value)s” is not known.") % {"value": printable(code[:80])} for code in unknown]
        yield {"column": "clusters", "words": " ".join(told)}


def known(line: str, record: Record) -> str:
    """A name alone, as programs read it, with what the record knows of it."""
    name = line.strip()
    if name not in record.creators:
        return line
    return creators.written(name, record.natures.get(name, ""), record.identifiers.get(name, ""))


def problems(form: RecordForm, given: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """By the names programs use; what the form does not ask is not dropped in silence."""
    for code in given.get("details", {}):
        if DETAIL + code not in form.fields:
            yield {"column": code, "words": _("This kind does not ask it.")}
        elif isinstance(given["details"][code], list) and not isinstance(
            form.fields[DETAIL + code], MultipleChoiceField
        ):
            yield {"column": code, "words": _("This is one text, not a list.")}
    if given.get("organisation") and "organisation" not in form.fields:
        yield {"column": "organisation", "words": _("You act for no organisation.")}
    yield from wrong_clusters(given.get("clusters", ()), form.kind, form.record)
    for name, words in form.errors.items():
        yield {"column": NAMES.get(name, name.removeprefix(DETAIL)), "words": " ".join(words)}
