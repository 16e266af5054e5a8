"""Many drafts at once: the same rows as `services.deposit` writes, each table in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import stem_of
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus
from platform_core.identity.access.models import Audience
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Record, TitleWord
from ..services import EDITORS, LINKS, RESERVED, code_for
from ..twins import words_of

AT_ONCE = 500
THROUGH = {
    "topics": (Record.topics.through, "topic_id"),
    "countries": (Record.countries.through, "country_id"),
    "regions": (Record.regions.through, "region_id"),
    "terms": (Record.terms.through, "term_id"),
    "concepts": (Record.concepts.through, "concept_id"),
}


@transaction.atomic
def file_drafts(rows: Sequence[dict[str, Any]], *, by) -> list[Record]:
    """Drafts of what rows took, in their order. `rows` are fields as `Row` gives them."""
    require(by, "repository.deposit_record")
    keys = Keys()
    made: list[Record] = []
    for some in chunks(rows):
        made += file_some(some, keys, by=by)
    return made


def chunks(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


class Keys:
    """Primary keys of reference rows by what names them, and codes given out already."""

    def __init__(self) -> None:
        self.regions = {region.code: region.pk for region in vocabulary.regions()}
        self.country_of = {region.code: region.country_id for region in vocabulary.regions()}
        self.terms = {(term.scheme, term.code): term.pk for term in vocabulary.all_terms()}
        self.given: set[str] = set(RESERVED)

    def of(self, name: str, row: dict[str, Any]) -> set[Any]:
        if name == "regions":
            return {self.regions[code] for code in row["regions"]}
        if name == "countries":
            return {*row["countries"], *(self.country_of[code] for code in row["regions"])}
        if name == "terms":
            return {self.terms[scheme, code] for scheme, codes in row["terms"].items() for code in codes}
        if name == "concepts":
            named = thesaurus.mentioned(row["title"]) | thesaurus.mentioned(row["summary"])
            return {*row["concepts"], *named}
        return set(row[name])


def file_some(rows: Sequence[dict[str, Any]], keys: Keys, *, by) -> list[Record]:
    plain = [{name: value for name, value in row.items() if name not in LINKS} for row in rows]
    records = [Record(**fields, deposited_by=by) for fields in plain]
    name_them(records, keys)
    Record.objects.bulk_create(records)
    for name, (through, column) in THROUGH.items():
        through.objects.bulk_create(
            through(record_id=record.pk, **{column: key})
            for record, row in zip(records, rows, strict=True)
            for key in keys.of(name, row)
        )
    TitleWord.objects.bulk_create(
        TitleWord(record=record, word=word) for record in records for word in sorted(words_of(as_text(record.title)))
    )
    label = label_of(Record)
    Audience.objects.bulk_create(
        Audience(thing=label, object_id=record.pk, key=key)
        for record, row in zip(records, rows, strict=True)
        for key in seen_by(row, by)
    )
    audit.record_many("repository.deposited", records, by=by)
    return records


def seen_by(row: dict[str, Any], by) -> set[str]:
    """Editors, the leader of the group of the first topic, and who deposits."""
    own = {f"person:{by.pk}"}
    return EDITORS | own | ({f"role:wg_leader@group:{min(row['topics'])}"} if row["topics"] else set())


def name_them(records: list[Record], keys: Keys) -> None:
    """Codes that nobody has; most titles are new, so only those that are taken are looked at one by one."""
    stems = [stem_of(as_text(record.title).localise("en").text) for record in records]
    taken = set(Record.objects.filter(code__in=stems).values_list("code", flat=True))
    for record, stem in zip(records, stems, strict=True):
        record.code = stem if stem not in taken | keys.given else code_for(stem, keys.given)
        keys.given.add(record.code)
