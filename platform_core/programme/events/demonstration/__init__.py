"""Invented events, a series and a proposal, labelled as demonstration data; what is there already stays as it is."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.accounts.models import User

from .. import clock
from ..models import CalendarEvent, Series
from ..services import events, series

PLAIN = ("code", "title", "summary", "kind", "time_zone", "place", "url", "topics")
MORE = ("mode", "call", "is_european", "organiser", "languages", "is_whole_day")
PROPOSER = "holzkreis@example.org"


def load() -> str:
    known = set(CalendarEvent.objects.values_list("code", flat=True))
    missing = [row for row in rows_of("events.json") if row["code"] not in known]
    for row in missing:
        events.announce(**fields_of(row))
    begun = [row for row in rows_of("series.json") if row["code"] not in known]
    for row in begun:
        begin(row)
    if missing and begun:
        propose()
    return f"{len(missing) + len(begun)} events" if missing or begun else ""


def rows_of(name: str) -> list[dict]:
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def fields_of(row: dict) -> dict:
    zone = ZoneInfo(row["time_zone"])
    first, last = (datetime.fromisoformat(row[name]) for name in ("starts", "ends"))
    whole = clock.whole_days(first.date(), last.date(), zone)
    times = whole if row.get("is_whole_day") else (clock.moment(first, zone), clock.moment(last, zone))
    places = {
        "country": vocabulary.country(row.get("country", "")),
        "region": vocabulary.region(row.get("region", "")),
    }
    plain = {name: row[name] for name in (*PLAIN, *MORE) if name in row}
    return plain | places | {"starts": times[0], "ends": times[1]}


def begin(row: dict) -> None:
    """A series whose first event has its code; one of its events does not take place."""
    fields = fields_of(row)
    code = fields.pop("code")
    first = series.begin(Series(**row["series"]), **fields)
    CalendarEvent.objects.filter(pk=first.pk).update(code=code)
    left_out = first.series.events.order_by("slot")[row["cancelled"]["place"] - 1]
    events.cancel([left_out], why=row["cancelled"]["why"])


def propose() -> None:
    """One proposal of a member waits for whoever decides."""
    person = User.objects.filter(email=PROPOSER).first()
    if person is None or not person.has_perm("events.propose"):
        return
    starts = datetime(2027, 4, 21, 9, 0, tzinfo=ZoneInfo("Europe/Vienna"))
    events.propose(
        by=person,
        topics=[2],
        title=Text({"en": "Open day: wood from short distances"}),
        summary=Text({"en": "Forty firms show how they buy and use wood of their own region. (Demonstration data.)"}),
        kind=CalendarEvent.Kind.CONFERENCE,
        starts=starts,
        ends=starts + timedelta(hours=7),
        time_zone="Europe/Vienna",
        place=Text({"en": "Leoben"}),
        country=vocabulary.country("AT"),
        region=vocabulary.region("AT22"),
        organiser="Holzkreis",
        url="https://example.org/events/open-day-wood",
    )
