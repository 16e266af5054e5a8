"""What is used, and why: figures of what is published, of one topic or of all. Small numbers of readers are not told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from platform_core.exchange.cases import selectors as cases
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.access.selectors import keys_of, require
from platform_core.programme.monitoring import counting
from platform_core.programme.monitoring.models import Usage
from platform_core.programme.monitoring.selectors.evidence import unpacked
from repository import selectors as repository
from repository.models import Record

from .. import reach
from ..models import MissedWords, Reach, Usefulness

THRESHOLD, SHOWN = 5, 50
NAMES = {reach.BRIEF: gettext_lazy("Brief for a region"), vocabulary.COUNTRY: gettext_lazy("Country")}
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


def shown(label: str, topic: int) -> QuerySet:
    """What everybody can read of a kind that is counted."""
    guest = AnonymousUser()
    if label == reach.RECORD:
        return records(topic)
    kind = thing_kind(label)
    rows = kind.visible(guest) if kind else apps.get_model(label)._default_manager.none()
    return rows.filter(**{reach.TOPICS[label]: topic}) if topic else rows


def used(topic: int, since: date | None = None, labels: Collection[str] = tuple(reach.TOPICS)) -> QuerySet[Usage]:
    counting.write_quietly()
    places = Q(pk__in=[])
    for label in labels:
        if label == reach.BRIEF:
            places |= briefs(topic)
        elif label == vocabulary.COUNTRY:
            places |= Q(pk__in=[]) if topic else Q(thing=label)
        elif reach.TOPICS[label] or not topic:
            places |= Q(thing=label, object_id__in=shown(label, topic).order_by().values("pk"))
    return lately(Usage.objects.filter(places), since)


def briefs(topic: int) -> Q:
    """Everybody can make one for any region."""
    of = Q(thing=reach.BRIEF)
    if not topic:
        return of
    number = vocabulary.topic(topic)
    return of & Q(object_id__in=[reach.key_of_brief(region, number) for region in vocabulary.regions()])


def months_ago(number: int) -> date:
    """The first day of the first of the last `number` months, this one included."""
    return later(platform_day().replace(day=1), 1 - number)


def lately(rows: QuerySet, since: date | None) -> QuerySet:
    return rows.filter(month__gte=since) if since else rows


def tables(topic: int, since: date | None = None) -> list[Table]:
    """`since` is the first day of the first month that counts."""
    reach.write_quietly()
    found = [by_kind(topic, since), by_month(topic, since), useful(topic, since), purposes(topic, since)]
    if not topic:
        found.insert(0, by_topic(since))
    found += [by_whence(topic, code, name, since) for code, name in Reach.Dimension.choices]
    return found


def by_topic(since: date | None) -> Table:
    names, rows = vocabulary.topic_labels(), []
    for topic in vocabulary.topics():
        sums = used(topic.number, since).aggregate(views=Sum("views"), downloads=Sum("downloads"))
        rows.append([names[str(topic.pk)], sums["views"] or 0, sums["downloads"] or 0])
    note = _("What has several topics counts under each.")
    return Table("topics", _("By topic"), [_("Topic"), _("Views"), _("Downloads")], rows, note)


def by_kind(topic: int, since: date | None) -> Table:
    """Records by their kind, everything else by what it is."""
    kinds = dict(records(topic).order_by().values_list("pk", "kind"))
    names = {code: vocabulary.term_name("record_kind", code) for code in set(kinds.values())}
    sums: dict[str, list[int]] = {}
    rows = used(topic, since).values_list("thing", "object_id").annotate(Sum("views"), Sum("downloads")).order_by()
    for label, pk, views, downloads in rows:
        kind = thing_kind(label)
        named = kind.name if kind else NAMES.get(label, "")
        name = names.get(kinds.get(pk, ""), "") if label == reach.RECORD else str(named)
        held = sums.setdefault(name, [0, 0])
        held[0], held[1] = held[0] + views, held[1] + downloads
    told = sorted(([name, *numbers] for name, numbers in sums.items()), key=lambda row: (-row[1], row[0]))
    return Table("kinds", _("By kind"), [_("Kind"), _("Views"), _("Downloads")], told)


def by_month(topic: int, since: date | None) -> Table:
    rows = used(topic, since).values_list("month").annotate(Sum("views"), Sum("downloads")).order_by("-month")[:SHOWN]
    told = [[f"{month:%Y-%m}", views, downloads] for month, views, downloads in rows]
    return Table("months", _("By month"), [_("Month"), _("Views"), _("Downloads")], told)


def by_whence(topic: int, dimension: str, name: str, since: date | None) -> Table:
    """Values of fewer than five visits are put together, so that nobody stands alone."""
    rows = lately(Reach.objects.filter(dimension=dimension, topic=topic), since)
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


def answers(topic: int, since: date | None) -> QuerySet[Usefulness]:
    return lately(Usefulness.objects.filter(record__in=records(topic).order_by().values("pk")), since)


def useful(topic: int, since: date | None) -> Table:
    """Records of which at least five readers said whether they were useful."""
    sums: dict[int, list[int]] = {}
    for pk, is_useful, number in (
        answers(topic, since).values_list("record", "is_useful").annotate(Sum("number")).order_by()
    ):
        sums.setdefault(pk, [0, 0])[0 if is_useful else 1] += number
    told = {pk: pair for pk, pair in sums.items() if sum(pair) >= THRESHOLD}
    names = {row.pk: str(row.title) for row in Record.objects.filter(pk__in=told)}
    rows = [[names[pk], yes, no, f"{round(100 * yes / (yes + no))} %"] for pk, (yes, no) in told.items() if pk in names]
    rows.sort(key=lambda row: (-row[1] - row[2], row[0]))
    head = [_("Record"), _("Useful"), _("Not useful"), pgettext("a part of all", "Share")]
    return Table(
        "useful", _("Was it useful?"), head, rows[:SHOWN], _("Records with fewer than five answers are left out.")
    )


def purposes(topic: int, since: date | None) -> Table:
    sums = dict(answers(topic, since).values_list("purpose").annotate(Sum("number")).order_by())
    rows = [[str(name), sums[code]] for code, name in Usefulness.Purpose.choices if sums.get(code, 0) >= THRESHOLD]
    return Table("purposes", _("For what?"), [_("For what?"), _("Answers")], rows)


def missed(topic: int, since: date | None) -> Table:
    """Of a topic, and those of none."""
    rows = MissedWords.objects.filter(Q(topics="") | Q(topics__contains=f"|{topic}|")) if topic else MissedWords.objects
    rows = lately(rows.all(), since).order_by("-month", "-readers", "words")[:200]
    names = vocabulary.topic_labels()
    told = [
        [
            row.words,
            ", ".join(names.get(code, code) for code in unpacked(row.topics)) or _("no topic"),
            f"{row.month:%Y-%m}",
            row.language,
            row.readers,
        ]
        for row in rows
    ]
    head = [_("Words"), _("Topic"), _("Month"), _("Language"), _("Readers")]
    note = _(
        "Words that fewer than three readers searched are not kept. Words are of a topic where they name a keyword of the"
        " thesaurus, or where all who searched them had filtered by it; words of no topic are shown with every topic."
    )
    return Table("missed", _("Searched and not found"), head, told, note)


def turn_round(user, topic: int) -> Table:
    """Of all cases, or of those the leaders of a topic's group answer."""
    rows = [
        [row.kind, row.organisation, row.number, f"{row.median_days:.1f}", row.in_time]
        for row in cases.turn_round(user, handler=f"role:wg_leader@group:{topic}" if topic else "")
    ]
    head = [_("Kind"), _("Organisation"), _("Answered"), _("Median days"), _("In time")]
    note = _("Cases that the leaders of this group answer.") if topic else ""
    return Table("turn-round", _("How long answers take"), head, rows, note)


def everything(user, topic: int, since: date | None = None) -> list[Table]:
    found = [*tables(topic, since), missed(topic, since)]
    return [*found, turn_round(user, topic)] if user.has_perm("cases.view_figures") else found
