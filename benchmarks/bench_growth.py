"""From 10,000 to 100,000 records: how the latency of 95 in 100 requests grows, both sizes in turn.

Over 10,000 records are copies of these within the database (`multiplying`)."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pages, servers
from benchmarks.load import Measured, Request, alternate
from benchmarks.measuring import Side
from benchmarks.texts import COMMON, RARE

SMALL, LARGE = (int(size) for size in os.environ.get("SIZES", "10000,100000").split(","))
LEAST = int(os.environ.get("LEAST", "1000"))
BUDGETS = {"record": 1.3, "list": 1.3, "search rare": 1.3, "list filtered": 2.0, "search common": 2.0}


def requests(known: dict) -> dict[str, Sequence[Request]]:
    return {
        "record": pages.record(known["records"], base=known["base"], gaps=known["gaps"]),
        "list": pages.newest(known["open"]),
        "search rare": pages.search(RARE, known["planted"]),
        "list filtered": pages.filtered(),
        "search common": pages.search(COMMON, known["planted"]),
    }


def grown(small: Side, large: Side) -> tuple[Measured, Measured]:
    """Rounds of both until each side has answered often enough."""
    found = Measured(), Measured()
    for side in (small, large):
        side.prepare()
    while min(len(side.latencies) for side in found) < LEAST:
        for part in alternate(2, small.run, large.run):
            for whole, more in zip(found, part, strict=True):
                whole.add(more)
    return found


def compare(name: str, small: Side, large: Side) -> bool:
    less, more = grown(small, large)
    times, wrong = more.at(0.95) / less.at(0.95), less.wrong + more.wrong
    held = times <= BUDGETS[name] and not wrong
    print(f"{name:16} {less.at(0.95):10.1f} {more.at(0.95):10.1f} {times:7.2f} {BUDGETS[name]:7.1f}", end="")
    print(f"  {'ok' if held else 'MISSED'} {dict(wrong) or ''}", flush=True)
    return held


def measure(vendor: str) -> bool:
    with servers.database(vendor) as few, servers.database(vendor) as many:
        known = [
            servers.ask("prepare", "records", size, environment=place) for size, place in ((SMALL, few), (LARGE, many))
        ]
        with servers.web(few) as small, servers.web(many) as large:
            print(f"\n{vendor}, at least {LEAST} requests each; {servers.machine()}")
            print(f"{'p95 in ms':16} {SMALL:10} {LARGE:10} {'times':>7} {'budget':>7}", flush=True)
            less, more = map(requests, known)
            held = [compare(name, Side(small, less[name]), Side(large, more[name])) for name in BUDGETS]
            return all(held)


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
