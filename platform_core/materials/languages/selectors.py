from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from platform_core.ground.registry.catalogue import declared, label_of, thing_kind
from platform_core.ground.registry.kinds import Translatable
from platform_core.ground.texts.codes import CODES
from platform_core.identity.access.selectors import keys_of, require
from platform_core.identity.accounts.models import User

from .models import Assignment, BroughtFile, Progress, TranslationState
from .states import DRAFT, MISSING, REVIEWED, STALE, Cell, Readiness, Rows, readiness_in
from .texts import languages_of, texts_of, translatable, translated_fields

FILTERS = {
    MISSING: Q(missing__gt=0),
    STALE: Q(stale__gt=0),
    DRAFT: Q(drafts__gt=0) | Q(waiting__gt=0),
    "ready": Q(is_ready=True),
    "open": Q(is_ready=False),
}


@dataclass(frozen=True)
class LanguageState:
    """`state` is source, complete, stale or missing; the worst of the thing's fields counts."""

    code: str
    state: str


def rows_of(thing: models.Model, language: str = "") -> Rows:
    rows = TranslationState.objects.filter(thing=label_of(thing), object_id=thing.pk)
    if language:
        rows = rows.filter(language=language).select_related("translator", "reviewer")
    return {(row.key, row.language): row for row in rows}


def cells(thing: models.Model, language: str, user=None) -> list[Cell]:
    """Every text of a thing that is to be translated into a language, as far as a person may read it."""
    rows, keys = rows_of(thing, language), keys_of(user) if user else None
    return [
        Cell(text, language, rows.get((text.key, language)))
        for text in texts_of(thing)
        if text.source != language and (keys is None or not text.only_for or text.only_for in keys)
    ]


def targets(thing: models.Model) -> list[str]:
    """The languages into which something of a thing is to be translated."""
    sources = {text.source for text in texts_of(thing)}
    return [code for code in languages_of(thing) if sources != {code}]


def readiness(thing: models.Model) -> dict[str, Readiness]:
    """Per language of the thing, how many of its texts are in which state."""
    rows, texts = rows_of(thing), [text for text in texts_of(thing) if not text.only_for]
    return {
        code: readiness_in(code, (Cell(text, code, rows.get((text.key, code))) for text in texts))
        for code in languages_of(thing)
    }


def ready_languages(thing: models.Model) -> list[str]:
    """Those in which everything that is shown was reviewed and fits its source."""
    return [code for code, found in readiness(thing).items() if found.is_ready]


def language_states(thing: models.Model) -> list[LanguageState]:
    """One state for each of the eleven languages, as readers are told: fields decide whether there is a translation,
    every text whether it is out of date."""
    rows, fields = rows_of_states(thing), set(translated_fields(thing))
    states: dict[str, set[str]] = {code: set() for code in CODES}
    for text in [text for text in texts_of(thing) if not text.only_for]:
        for code in CODES:
            state = Cell(text, code, rows.get((text.key, code))).state
            if text.key in fields or state != MISSING:
                states[code].add({REVIEWED: "complete", DRAFT: "complete"}.get(state, state))
    order = ("missing", "stale", "complete", "source")
    return [LanguageState(code, next((one for one in order if one in states[code]), "missing")) for code in CODES]


def rows_of_states(thing: models.Model) -> Rows:
    """Without the words, for pages that many read."""
    rows = TranslationState.objects.filter(thing=label_of(thing), object_id=thing.pk)
    found = rows.only("key", "language", "source_hash", "is_reviewed")
    return {(row.key, row.language): Shown(row) for row in found}  # type: ignore[misc]


@dataclass(frozen=True)
class Shown:
    """A state as far as readers are concerned, who see no drafts."""

    row: TranslationState
    draft: str = ""
    draft_source: str = ""

    @property
    def source_hash(self) -> str:
        return self.row.source_hash

    @property
    def source(self) -> str:
        return ""

    @property
    def is_reviewed(self) -> bool:
        return self.row.is_reviewed


def stale_languages(thing: models.Model) -> set[str]:
    return {state.code for state in language_states(thing) if state.state == "stale"}


def kinds() -> list[Translatable]:
    return list(declared(Translatable))


def kind_name(kind: Translatable) -> str:
    known = thing_kind(kind.label)
    return str(known.name) if known else kind.label


def thing_for(user, label: str, pk: int) -> tuple[Translatable, models.Model]:
    """A thing whose texts a person may translate or review."""
    kind = translatable(label)
    found = kind.things(user).filter(pk=pk).first() if kind else None
    if kind is None or found is None:
        raise Http404
    if not user.has_perm(kind.right, found) and not may_review(user, kind, found):
        raise PermissionDenied(kind.right)
    return kind, found


def may_review(user, kind: Translatable, thing: models.Model) -> bool:
    return user.has_perm(kind.review, thing)


def things(user, kind: Translatable, *, language="", state="", words="", who="") -> QuerySet[Any]:
    """What of a kind a person may translate, the newest first; the filters are those of the overview."""
    require(user, "languages.view_desk")
    rows = kind.things(user)
    own = {"thing": kind.label, "object_id": OuterRef("pk")} | ({"language": language} if language else {})
    if state in FILTERS:
        rows = rows.filter(Exists(Progress.objects.filter(FILTERS[state], **own)))
    taken = Assignment.objects.filter(**own)
    if who == "mine":
        mine = TranslationState.objects.filter(translator=user, **own)
        rows = rows.filter(Exists(taken.filter(person=user)) | Exists(mine))
    elif who == "nobody":
        rows = rows.filter(~Exists(taken))
    if words:
        rows = rows.filter(titled(rows.model, words))
    return rows.order_by("-pk")


def titled(model: type[models.Model], words: str) -> Q:
    """Things whose first translated field holds the words, in any language."""
    field, found = translated_fields(model())[0], Q()
    for code in CODES:
        found |= Q(**{f"{field}__{code}__icontains": words})
    return found


def progress_of(label: str, pks: Iterable[int]) -> dict[int, dict[str, Progress]]:
    found: dict[int, dict[str, Progress]] = {}
    for row in Progress.objects.filter(thing=label, object_id__in=list(pks)):
        found.setdefault(row.object_id, {})[row.language] = row
    return found


def assignments_of(label: str, pks: Iterable[int]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(thing=label, object_id__in=list(pks)).select_related("person")
    return rows.order_by("language", "since", "pk")


def translators_of(thing: models.Model, languages: Iterable[str]) -> set[int]:
    """Who translated a thing into one of these languages, or has taken it on."""
    own = {"thing": label_of(thing), "object_id": thing.pk, "language__in": list(languages)}
    did = TranslationState.objects.filter(translator__isnull=False, **own).values_list("translator", flat=True)
    return {*did, *Assignment.objects.filter(**own).values_list("person", flat=True)}


def brought_files(user, label: str, pk: int) -> QuerySet[BroughtFile]:
    """Files a person brought for a thing and has not kept yet, the newest first."""
    return BroughtFile.objects.filter(person=user, thing=label, object_id=pk, kept_at=None).defer("entries")[:10]


def brought_for(user, pk: int) -> BroughtFile:
    """A file of one's own, while one may still translate its thing."""
    found = BroughtFile.objects.filter(person=user, pk=pk).first()
    if found is None:
        raise Http404
    thing_for(user, found.thing, found.object_id)
    return found


def address_of(label: str, pk: int | str) -> str:
    return reverse("languages:thing", args=[label, pk])


def still_translating(
    kind: Translatable, thing: models.Model, people: Iterable[int], *, besides: str = ""
) -> list[int]:
    """Those among people who may translate a thing today; `besides` is the pseudonym of somebody left out."""
    found = User.objects.filter(pk__in=set(people), is_active=True)
    return [person.pk for person in found if person.pseudonym != besides and person.has_perm(kind.right, thing)]
