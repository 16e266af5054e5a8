"""The programme page over 200,000 entries of evidence, the page of an indicator and that of a region, against bare views of
the same rows; nothing is kept between requests. And whether a period report needs more memory for more evidence.
"""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

REQUESTS = int(os.environ.get("REQUESTS", "20"))
TIMES, QUERIES, MEGABYTES = 5.0, {"programme": 8, "indicator": 30, "region": 60}, 40


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("programme_run", REQUESTS, environment=environment)
    asked = found["queries"]
    print(
        f"\n{vendor}, {REQUESTS} requests each, {found['entries']:,} entries, {found['indicators']} indicators; {servers.machine()}"
    )
    held = [line(name, spent, asked["small"][name], asked["large"][name]) for name, spent in found["spent"].items()]
    return all([*held, memory(**found["memory"])])


def memory(small: dict, middling: dict, large: dict) -> bool:
    """Reports of more entries may hold so much more than one of few whose lists are full, for what a batch and a file need;
    with the largest of the processes that write their papers."""
    more = max(middling["megabytes"], large["megabytes"]) - small["megabytes"]
    for one in (small, middling, large):
        print(
            f"period report: {one['entries']:,} entries {one['seconds']:.1f} s, {one['megabytes']:.0f} MB, "
            f"of which {one['child']:.0f} in the largest process it started"
        )
    print(f"period report: {more:+.0f} MB at most (budget {MEGABYTES}): {'ok' if more <= MEGABYTES else 'MISSED'}")
    return more <= MEGABYTES


def line(name: str, spent: dict, small: int, large: int) -> bool:
    own, bare = (1000 * median(spent[side]) for side in ("own", "bare"))
    most = QUERIES[name]
    held = own <= TIMES * bare and small == large <= most
    print(
        f"{name}: {own:.1f} ms, bare {bare:.1f}: {own / bare:.2f} times (budget {TIMES:.0f}), {large} queries "
        f"({small} over a small list; budget {most}): {'ok' if held else 'MISSED'}"
    )
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
