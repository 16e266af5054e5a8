"""Pages of the repository against bare views: a record, the list, searches, signed in and cached."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pages, servers
from benchmarks.measuring import CLIENTS, ROUNDS, SECONDS, WARM, Side, Workload, table
from benchmarks.texts import COMMON, MIDDLING, RARE

PAGE = ((0.35, 6), (0.25, 10))
SEARCH = ((0.5, 10),)
COMMON_WORDS = ((2.0, 99),)
SIGNED_IN = ((0.5, 99),)
CACHED = ((8.0, 99),)


def workloads(port: int, cached: int, known: dict) -> list[Workload]:
    return [*read(port, known), *searched(port, known), *signed_in(port, known), *kept(port, cached, known)]


def read(port: int, known: dict) -> list[Workload]:
    records, queries = known["records"], known["queries"]["all"]
    plain = Side(port, pages.floor_newest(public(known)))
    record, bare = Side(port, pages.record(records)), Side(port, pages.floor_record(records))
    return [
        Workload("record", record, bare, PAGE, queries["record"]),
        Workload("list", newest(port, known), plain, PAGE, queries["list"]),
        Workload("list filtered : list's floor", Side(port, pages.filtered()), plain, (), queries["list filtered"]),
    ]


def searched(port: int, known: dict) -> list[Workload]:
    kinds = [
        ("rare", RARE, "search-drawn", SEARCH),
        ("rare", RARE, "search", ()),
        ("middling", MIDDLING, "search-drawn", SEARCH),
        ("middling", MIDDLING, "search", ()),
        ("common", COMMON, "search-and-count", COMMON_WORDS),
    ]
    return [
        Workload(
            f"search {name} : {view}",
            Side(port, pages.search(words, known["planted"])),
            Side(port, pages.floor_search(words, known["planted"], view)),
            budget,
            known["queries"]["all"][f"search {name}"],
        )
        for name, words, view, budget in kinds
    ]


def signed_in(port: int, known: dict) -> list[Workload]:
    records, cookie, queries = known["records"], known["cookie"], known["queries"]["grants"]["10000"]
    person, guest = Side(port, pages.record(records, cookie)), Side(port, pages.record(records))
    own = Side(port, pages.newest(records, cookie))
    return [
        Workload("record signed in : anonymous", person, guest, SIGNED_IN, queries["record"]),
        Workload("list signed in : anonymous", own, newest(port, known), SIGNED_IN, queries["list"]),
    ]


def kept(port: int, cached: int, known: dict) -> list[Workload]:
    """Few enough addresses that each is kept before the measurement begins."""
    guest, listed = Side(port, pages.record(known["records"])[:WARM]), newest(port, known)
    return [
        Workload("record cached : uncached", Side(cached, guest.requests), guest, CACHED),
        Workload("list cached : uncached", Side(cached, listed.requests), listed, CACHED),
    ]


def newest(port: int, known: dict) -> Side:
    return Side(port, pages.newest(public(known)))


def public(known: dict) -> int:
    return known["records"] - known["records"] // 50


def print_queries(known: dict) -> bool:
    """The same pages at one record and at fifty, and for a person with ten rights on single records and with 10,000."""
    counted = known["queries"]
    grows = {name for name, number in counted["1"].items() if counted["50"][name] > number}
    grants = counted["grants"]
    print(f"queries at 1 record {counted['1']}, at 50 {counted['50']}")
    print(f"queries signed in, 10 rights {grants['10']}, 10,000 rights {grants['10000']}")
    return not grows and grants["10"] == grants["10000"]


def measure(vendor: str, records: int) -> bool:
    with servers.database(vendor) as environment:
        known = servers.ask("prepare", "records", records, environment=environment)
        with servers.web(environment) as port, servers.web(environment, cached=True) as cached:
            print(f"\n{vendor}, {records} records, {known['checked']} of them compared with the product's own index")
            print(f"{ROUNDS} rounds of {SECONDS:g} s, {CLIENTS} clients; {servers.machine()}", flush=True)
            held = table(workloads(port, cached, known))
            return print_queries(known) and held


def main() -> int:
    asked = servers.arguments(__doc__)
    held = [measure(vendor, asked.records) for vendor in servers.vendors(asked)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
