"""OAI-PMH 2.0 over public records: Dublin Core and DataCite, sets by topic and kind, persistent deleted records.

Resumption goes by the last key seen, so a token never runs out of time.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from lxml import etree

from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.fields import printable
from platform_core.ground.vocabulary import selectors as vocabulary

from . import selectors
from .exports import datacite, relations
from .exports.dublin_core import dublin_core
from .models import Record

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIX = "oai:clusterpolisee:"
BATCH = 50
BOUNDS = {"from": "stamp__gte", "until": "stamp__lte"}
IN_TOKEN = ("metadataPrefix", "set", "from", "until")
ALLOWED = {
    "Identify": set(),
    "ListMetadataFormats": {"identifier"},
    "ListSets": {"resumptionToken"},
    "GetRecord": {"identifier", "metadataPrefix"},
    "ListIdentifiers": {"metadataPrefix", "set", "from", "until", "resumptionToken"},
    "ListRecords": {"metadataPrefix", "set", "from", "until", "resumptionToken"},
}


class OaiError(Exception):
    """`code` is one of the protocol's error codes."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def answer(request: HttpRequest) -> bytes:
    """The XML document for a request; protocol errors become its error element."""
    given = request.POST or request.GET
    asked = {printable(name): printable(value) for name, value in given.items()}
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI})
    sub(root, "responseDate", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    place = sub(root, "request", request.build_absolute_uri(request.path))
    try:
        verb = checked(asked)
        demand_single(given)
        for name, value in asked.items():
            place.set(name, value)
        VERBS[verb](sub(root, verb), asked, request)
    except OaiError as error:
        for child in root[2:]:
            root.remove(child)
        sub(root, "error", str(error)).set("code", error.code)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def sub(parent, name: str, text: str | None = None, space: str = OAI):
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text and printable(text)
    return element


def checked(asked: dict[str, str]) -> str:
    verb = asked.get("verb", "")
    if verb not in ALLOWED:
        raise OaiError("badVerb", "Unknown or missing verb.")
    if unknown := set(asked) - ALLOWED[verb] - {"verb"}:
        raise OaiError("badArgument", f"Not allowed here: {', '.join(sorted(unknown))}.")
    if "resumptionToken" in asked and len(asked) > 2:
        raise OaiError("badArgument", "A resumptionToken goes alone.")
    return verb


def demand_single(given) -> None:
    if repeated := [printable(name) for name, values in given.lists() if len(values) > 1]:
        raise OaiError("badArgument", f"Given more than once: {', '.join(sorted(repeated))}.")


def identify(element, asked, request) -> None:
    first = selectors.harvested().order_by("published_on").first()
    sub(element, "repositoryName", "ClusterPoliSEE")
    sub(element, "baseURL", request.build_absolute_uri(request.path))
    sub(element, "protocolVersion", "2.0")
    sub(element, "adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    sub(element, "earliestDatestamp", first.published_on.isoformat() if first else "2025-01-01")
    sub(element, "deletedRecord", "persistent")
    sub(element, "granularity", "YYYY-MM-DD")


def list_formats(element, asked, request) -> None:
    if "identifier" in asked:
        one(asked)
    for prefix, (schema, space, _write) in FORMATS.items():
        form = sub(element, "metadataFormat")
        sub(form, "metadataPrefix", prefix)
        sub(form, "schema", schema)
        sub(form, "metadataNamespace", space)


def list_sets(element, asked, request) -> None:
    if "resumptionToken" in asked:
        raise OaiError("badResumptionToken", "The list of sets comes in one piece.")
    for topic in vocabulary.topics():
        row = sub(element, "set")
        sub(row, "setSpec", f"topic:{topic.number}")
        sub(row, "setName", topic.name["en"])
    for term in vocabulary.terms("record_kind"):
        row = sub(element, "set")
        sub(row, "setSpec", f"kind:{term.code}")
        sub(row, "setName", term.name["en"])


def one(asked) -> Record:
    code = asked.get("identifier", "").removeprefix(PREFIX)
    record = selectors.harvested().filter(code=code).first()
    if record is None:
        raise OaiError("idDoesNotExist", "No such record.")
    return record


def get_record(element, asked, request) -> None:
    if "identifier" not in asked:
        raise OaiError("badArgument", "identifier is missing.")
    demand_format(asked)
    write_all(element, [one(asked)], asked["metadataPrefix"], request)


def demand_format(asked) -> None:
    if "metadataPrefix" not in asked:
        raise OaiError("badArgument", "metadataPrefix is missing.")
    if asked["metadataPrefix"] not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"Offered are {' and '.join(FORMATS)}.")


def list_identifiers(element, asked, request) -> None:
    rows, _prefix = batch(element, asked)
    for record in rows:
        write_header(sub(element, "header"), record)
    finish(element)


def list_records(element, asked, request) -> None:
    rows, prefix = batch(element, asked)
    write_all(element, rows, prefix, request)
    finish(element)


def batch(element, asked) -> tuple[list[Record], str]:
    """The next records and the format they are asked in."""
    filters, after = asked, 0
    if "resumptionToken" in asked:
        filters, after = parse_token(asked["resumptionToken"])
    else:
        demand_format(asked)
    rows = list(chosen(filters).filter(pk__gt=after).order_by("pk")[: BATCH + 1])
    if not rows:
        raise OaiError("noRecordsMatch", "Nothing matches.")
    if len(rows) > BATCH:
        element.set("token", token(filters, rows[BATCH - 1].pk))
    elif after:
        element.set("token", "")
    return rows[:BATCH], filters["metadataPrefix"]


def finish(element) -> None:
    if (following := element.attrib.pop("token", None)) is not None:
        sub(element, "resumptionToken", following)


def token(filters: dict[str, str], after: int) -> str:
    return "!".join([str(after), *(filters.get(name, "") for name in IN_TOKEN)])


def parse_token(text: str) -> tuple[dict[str, str], int]:
    parts = text.split("!")
    well_made = len(parts) == 1 + len(IN_TOKEN) and parts[0].isdecimal() and len(parts[0]) <= 18
    if not well_made or parts[1] not in FORMATS:
        raise OaiError("badResumptionToken", "The token is not ours.")
    return {name: part for name, part in zip(IN_TOKEN, parts[1:], strict=True) if part}, int(parts[0])


def chosen(filters: dict[str, str]) -> QuerySet[Record]:
    rows = selectors.harvested().prefetch_related("topics", "countries", "concepts")
    rows = rows.annotate(stamp=Coalesce("changed_on", "published_on"))
    scheme, _colon, value = filters.get("set", "").partition(":")
    if scheme == "kind":
        rows = rows.filter(kind=value)
    elif scheme:
        numbers = {str(topic.number) for topic in vocabulary.topics()} if scheme == "topic" else set()
        rows = rows.filter(topics=value if value in numbers else 0)
    days = {name: parse_day(filters[name]) for name in ("from", "until") if filters.get(name)}
    if len(days) == 2 and days["from"] > days["until"]:
        raise OaiError("badArgument", "from is later than until.")
    return rows.filter(**{BOUNDS[name]: day for name, day in days.items()})


def parse_day(value: str):
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise OaiError("badArgument", "Days are written YYYY-MM-DD.") from error


def write_header(element, record: Record) -> None:
    if not record.is_open:
        element.set("status", "deleted")
    sub(element, "identifier", PREFIX + record.code)
    sub(element, "datestamp", (record.changed_on or record.published_on).isoformat())
    for topic in record.topics.all():
        sub(element, "setSpec", f"topic:{topic.number}")
    sub(element, "setSpec", f"kind:{record.kind}")


def write_all(parent, rows: Sequence[Record], prefix: str, request) -> None:
    """A deleted record has a header alone."""
    related = relations.of_each(rows, request.build_absolute_uri("/"))
    for record in rows:
        element = sub(parent, "record")
        write_header(sub(element, "header"), record)
        if record.is_open:
            address = request.build_absolute_uri(record.get_absolute_url())
            FORMATS[prefix][2](sub(element, "metadata"), record, address, related[record.pk])


def write_dublin_core(metadata, record: Record, address: str, related: Sequence[relations.Relation]) -> None:
    form = etree.SubElement(metadata, f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for name, texts in (("title", record.title), ("description", record.summary)):
        for code, text in texts.items():
            sub(form, name, text, DC).set(f"{{{XML}}}lang", tag(code))
    for name, text in dublin_core(record, address, related):
        sub(form, name, text, DC)


FORMATS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, write_dublin_core),
    "datacite": ("https://schema.datacite.org/meta/kernel-4.6/metadata.xsd", datacite.SPACE, datacite.write),
}
VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
