import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import services
from ..models import CalendarEvent


def load() -> str:
    rows = json.loads((Path(__file__).parent / "events.json").read_text(encoding="utf-8"))
    known = set(CalendarEvent.objects.values_list("code", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    for row in missing:
        add(row)
    return f"{len(missing)} events" if missing else ""


def add(row: dict) -> None:
    zone = ZoneInfo(row["time_zone"])
    services.announce(
        **{name: row[name] for name in ("code", "title", "summary", "kind", "time_zone", "place", "url", "topics")},
        starts=datetime.fromisoformat(row["starts"]).replace(tzinfo=zone),
        ends=datetime.fromisoformat(row["ends"]).replace(tzinfo=zone),
    )
