"""A record in the fifteen elements of Dublin Core."""

from collections.abc import Sequence

from platform_core.ground.vocabulary import selectors as vocabulary

from ..models import Record
from .relations import Relation


def dublin_core(record: Record, address: str, relations: Sequence[Relation] = ()) -> list[tuple[str, str]]:
    """Elements with their values, in English where they are words; title and description come per language beside these."""
    kinds = {term.code: term.name["en"] for term in vocabulary.terms("record_kind")}
    rows = [("creator", name) for name in record.creators]
    rows += [("subject", topic.name["en"]) for topic in record.topics.all()]
    rows += [("subject", concept.label["en"]) for concept in record.concepts.all()]
    rows += [("coverage", country.iso) for country in record.countries.all()]
    rows += [("type", kinds.get(record.kind, record.kind)), ("date", str(record.year)), ("publisher", "ClusterPoliSEE")]
    rows += [("language", code) for code in record.languages] + [("rights", record.licence)]
    rows += [("relation", one.address) for one in relations]
    rows.append(("identifier", address))
    return rows
