"""Which addresses a workload asks, of the product and of its floor, and what right answers hold."""

from collections.abc import Collection

from benchmarks.load import Request, get
from benchmarks.texts import hidden

LIST = "/en/repository/"
FLOOR = "/floor/list/"
FILTERS = [
    "topic=3",
    "country=BG",
    "level=regional",
    "topic=2&year=2020",
    "cycle_stage=preparation&country=RO",
    "language=de",
]
LIMIT = 1000


def record_codes(records: int, base: int, gaps: Collection[int] = ()) -> list[int]:
    """300 records spread over all; none that only members see, and no copy of the first `base` that was not made."""
    step = max(1, records // 300)
    there = (place for place in range(0, records, step) if not hidden(place))
    return [place for place in there if place < base or place % base not in gaps][:300]


def record(records: int, cookie: str = "", base: int = 0, gaps: Collection[int] = ()) -> list[Request]:
    return [
        get(f"{LIST}record-{place}/", cookie=cookie, holds=f'"canonical" href="[^"]*record-{place}/')
        for place in record_codes(records, base or records, gaps)
    ]


def floor_record(records: int) -> list[Request]:
    return [get(f"/floor/record/record-{place}/", holds="<h1>") for place in record_codes(records, records)]


def newest(total: int, cookie: str = "") -> list[Request]:
    return [get(f"{LIST}?page={page}", cookie=cookie, holds=shown(total)) for page in range(1, 6)]


def floor_newest(total: int) -> list[Request]:
    return [get(f"{FLOOR}?page={page}", holds=exactly(total)) for page in range(1, 6)]


def filtered() -> list[Request]:
    return [get(f"{LIST}?{asked}", holds=r"\d results?\b") for asked in FILTERS]


def search(words: list[str], planted: dict[str, int]) -> list[Request]:
    return [get(f"{LIST}?q={word}", holds=shown(planted[word])) for word in words]


def floor_search(words: list[str], planted: dict[str, int], view: str = "search") -> list[Request]:
    return [get(f"/floor/{view}/?q={word}", holds=exactly(planted[word])) for word in words]


def exactly(number: int) -> str:
    return rf"(?<![\d,]){number} results?\b"


def shown(number: int) -> str:
    """The product counts to a thousand."""
    return exactly(number) if number <= LIMIT else f"More than {LIMIT:,} results"
