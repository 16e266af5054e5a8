"""What is used, and why: figures of published records, of one topic or of all. Small numbers of readers are not told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from platform_core.exchange.cases import selectors as cases
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import keys_of, require
from platform_core.programme.monitoring import counting
from platform_core.programme.monitoring.models import Usage
from repository import selectors as repository
from repository.models import Record

from .. import reach
from ..models import MissedWords, Reach, Usefulness

THRESHOLD, SHOWN = 5, 50
WHENCE = {
    "direct": gettext_lazy("Not told (typed, kept, or from a mail)"),
    "own": gettext_lazy("Another page of the platform"),
    "engine": gettext_lazy("A search engine"),
    "other": gettext_lazy("Other pages"),
    "guest": gettext_lazy("Guests"),
    "account": gettext_lazy("People with an account, without membership"),
    "full": gettext_lazy("Full members"),
    "associated": gettext_lazy("Associated members"),
    "partner": gettext_lazy("Partner members"),
}


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    head: list[str]
    rows: Sequence[Sequence]
    note: str = ""


def topics_for(user) -> dict[int, str]:
    """The topics a person may look at, by number; 0 is all of them, for the lead partner."""
    require(user, "pilots.view_usage")
    names = {topic.number: str(topic.short) for topic in vocabulary.topics()}
    if "role:lead_partner" in keys_of(user):
        return {0: _("All topics")} | names
    return {number: name for number, name in names.items() if f"role:wg_leader@group:{number}" in keys_of(user)}


def records(topic: int) -> QuerySet[Record]:
    rows = repository.records(AnonymousUser()).filter(state=Record.State.PUBLISHED)
    return rows.filter(topics=topic) if topic else rows


def used(topic: int) -> QuerySet[Usage]:
    counting.write_quietly()
    return Usage.objects.filter(thing=reach.RECORD, object_id__in=records(topic).order_by().values("pk"))


def tables(topic: int) -> list[Table]:
    reach.write_quietly()
    found = [by_kind(topic), by_month(topic), useful(topic), purposes(topic)]
    if not topic:
        found.insert(0, by_topic())
    found += [by_whence(topic, code, name) for code, name in Reach.Dimension.choices]
    return found


def by_topic() -> Table:
    names, rows = vocabulary.topic_labels(), []
    for topic in vocabulary.topics():
        sums = used(topic.number).aggregate(views=Sum("views"), downloads=Sum("downloads"))
        rows.append([names[str(topic.pk)], sums["views"] or 0, sums["downloads"] or 0])
    note = _("A record of several topics counts under each.")
    return Table("topics", _("By topic"), [_("Topic"), _("Views"), _("Downloads")], rows, note)


def by_kind(topic: int) -> Table:
    kinds = dict(records(topic).order_by().values_list("pk", "kind"))
    sums: dict[str, list[int]] = {}
    for pk, views, downloads in (
        used(topic).values_list("object_id").annotate(Sum("views"), Sum("downloads")).order_by()
    ):
        held = sums.setdefault(kinds.get(pk, ""), [0, 0])
        held[0], held[1] = held[0] + views, held[1] + downloads
    rows = [[vocabulary.term_name("record_kind", kind), *numbers] for kind, numbers in sums.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Table("kinds", _("By kind of record"), [_("Kind"), _("Views"), _("Downloads")], rows)


def by_month(topic: int) -> Table:
    rows = used(topic).values_list("month").annotate(Sum("views"), Sum("downloads")).order_by("-month")[:SHOWN]
    told = [[f"{month:%Y-%m}", views, downloads] for month, views, downloads in rows]
    return Table("months", _("By month"), [_("Month"), _("Views"), _("Downloads")], told)


def by_whence(topic: int, dimension: str, name: str) -> Table:
    """Values of fewer than five visits are put together, so that nobody stands alone."""
    rows = Reach.objects.filter(dimension=dimension)
    rows = rows.filter(topic=topic) if topic else rows
    sums = list(rows.values_list("value").annotate(number=Sum("number")).order_by("-number", "value")[:SHOWN])
    few = sum(number for _value, number in sums if number < THRESHOLD)
    told = [[whence_words(dimension, value), number] for value, number in sums if number >= THRESHOLD]
    if few >= THRESHOLD:
        told.append([_("Others, fewer than five each"), few])
    notes = {
        "country": _(
            "Known only of those who are signed in and act for an organisation; of all others nothing is asked."
        ),
        "referrer": _("Only the name of the site that led here, where the browser tells it."),
        "tier": _("Of the organisation a signed-in reader acts for. What fewer than five visits tell of is left out."),
    }
    return Table(dimension, name, [name, _("Views")], told, notes[dimension])


def whence_words(dimension: str, value: str) -> str:
    if dimension == "country":
        return vocabulary.country_labels().get(value, value)
    return str(WHENCE.get(value, value))


def answers(topic: int) -> QuerySet[Usefulness]:
    return Usefulness.objects.filter(record__in=records(topic).order_by().values("pk"))


def useful(topic: int) -> Table:
    """Records of which at least five readers said whether they were useful."""
    sums: dict[int, list[int]] = {}
    for pk, is_useful, number in answers(topic).values_list("record", "is_useful").annotate(Sum("number")).order_by():
        sums.setdefault(pk, [0, 0])[0 if is_useful else 1] += number
    told = {pk: pair for pk, pair in sums.items() if sum(pair) >= THRESHOLD}
    names = {row.pk: str(row.title) for row in Record.objects.filter(pk__in=told)}
    rows = [[names[pk], yes, no, f"{round(100 * yes / (yes + no))} %"] for pk, (yes, no) in told.items() if pk in names]
    rows.sort(key=lambda row: (-row[1] - row[2], row[0]))
    head = [_("Record"), _("Useful"), _("Not useful"), pgettext("a part of all", "Share")]
    return Table(
        "useful", _("Was it useful?"), head, rows[:SHOWN], _("Records with fewer than five answers are left out.")
    )


def purposes(topic: int) -> Table:
    sums = dict(answers(topic).values_list("purpose").annotate(Sum("number")).order_by())
    rows = [[str(name), sums[code]] for code, name in Usefulness.Purpose.choices if sums.get(code, 0) >= THRESHOLD]
    return Table("purposes", _("For what?"), [_("For what?"), _("Answers")], rows)


def missed() -> Table:
    rows = MissedWords.objects.order_by("-month", "-readers", "words")[:200]
    told = [[row.words, f"{row.month:%Y-%m}", row.language, row.readers] for row in rows]
    head = [_("Words"), _("Month"), _("Language"), _("Readers")]
    note = _(
        "Words that fewer than three readers searched are not kept. Words have no topic, so leaders see all of them."
    )
    return Table("missed", _("Searched and not found"), head, told, note)


def turn_round(user) -> Table:
    rows = [
        [row.kind, row.organisation, row.number, f"{row.median_days:.1f}", row.in_time]
        for row in cases.turn_round(user)
    ]
    head = [_("Kind"), _("Organisation"), _("Answered"), _("Median days"), _("In time")]
    return Table("turn-round", _("How long answers take"), head, rows, _("Cases have no topic; these are all of them."))


def everything(user, topic: int) -> list[Table]:
    found = [*tables(topic), missed()]
    return [*found, turn_round(user)] if user.has_perm("cases.view_figures") else found
